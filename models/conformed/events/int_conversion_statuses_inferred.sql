-- Grain: record that was converted and whose log does not say so. The conversion is a change of status, Converted.
with

people as (

    select * from {{ ref('int_people_unioned') }}
    where converted_at is not null

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

told_conversions as (

    select distinct record_key
    from {{ ref('int_status_changes_told') }}
    where
        lower(new_status) like '%converted%'
        and lower(new_status) not like '%not converted%'

)

select
    {{ key_of(["'conversion'", 'people.record_key']) }} as change_key,
    people.source_system,
    people.record_key,
    records.person_id,
    people.converted_at as changed_at,
    people.converted_at_precision as changed_at_precision,
    'Converted' as new_status
from people
inner join records
    on people.record_key = records.record_key
left join told_conversions
    on people.record_key = told_conversions.record_key
where told_conversions.record_key is null
