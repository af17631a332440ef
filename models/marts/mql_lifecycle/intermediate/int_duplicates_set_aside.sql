{{ config(materialized='table') }}

-- Grain: change of status that calls a record a duplicate while another record of the person stands: not merged away,
-- never called a duplicate itself, there by then, and one person with it then. It speaks of the record, not of the
-- person.
with

mapped as (

    select * from {{ ref('int_crm_statuses_mapped') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

earlier_persons_told as (

    select * from {{ ref('int_earlier_persons_told') }}

),

earlier_persons as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

duplicates as (

    select
        mapped.change_key,
        mapped.record_key,
        mapped.person_id,
        mapped.changed_at,
        earlier_persons_told.earlier_person_id
    from mapped
    left join earlier_persons_told  -- none of who was always one
        on mapped.record_key = earlier_persons_told.record_key
    where mapped.is_duplicate

),

records_called_duplicates as (

    select distinct record_key
    from duplicates

),

records_standing as (

    select
        records.record_key,
        records.person_id,
        people.created_at
    from records
    inner join people
        on records.record_key = people.record_key
    left join records_called_duplicates
        on records.record_key = records_called_duplicates.record_key
    where
        not people.is_merged
        and records_called_duplicates.record_key is null

)

select distinct duplicates.change_key
from duplicates
inner join records_standing  -- whichever of them stands
    on
        duplicates.person_id = records_standing.person_id
        and duplicates.record_key <> records_standing.record_key
        and coalesce(records_standing.created_at <= duplicates.changed_at, true)
left join earlier_persons
    on
        records_standing.record_key = earlier_persons.record_key
        and duplicates.earlier_person_id = earlier_persons.earlier_person_id
        and duplicates.changed_at >= earlier_persons.known_from
where
    duplicates.earlier_person_id is null
    or earlier_persons.record_key is not null
