-- Does each record's history end in the status that stands on the record?
with

people as (

    select * from {{ ref('int_people_unioned') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

last_told as (

    select * from {{ ref('int_last_statuses_told') }}

),

conversions as (

    select record_key
    from {{ ref('int_conversion_statuses_inferred') }}

),

holes as (

    select
        record_key,
        cast(count(*) as bigint) as holes_count
    from {{ ref('int_record_statuses_ordered') }}
    where has_hole_before
    group by record_key

),

known as (

    select
        records.source_system,
        {{ id_without_address('records.record_id') }} as record_id,
        records.person_id,
        people.status as crm_status_now,
        last_told.crm_status as crm_status_told,
        last_told.last_changed_at,
        last_told.is_what_stands,
        case
            when last_told.record_key is not null then 'told'
            when people.status is not null then 'only_current'
            else 'none'
        end as history_kind,
        conversions.record_key is not null as is_conversion_inferred,
        people.is_merged,
        coalesce(holes.holes_count, 0) as holes_count
    from records
    inner join people
        on records.record_key = people.record_key
    left join last_told
        on records.record_key = last_told.record_key
    left join conversions
        on records.record_key = conversions.record_key
    left join holes
        on records.record_key = holes.record_key

)

select
    source_system,
    record_id,
    person_id,
    history_kind,
    crm_status_now,
    crm_status_told,
    last_changed_at,
    holes_count,
    case
        when is_merged then 'merged_away'
        when history_kind = 'none' then 'no_status'
        when history_kind = 'only_current' then 'only_current'
        when crm_status_now is null then 'nothing_to_compare'
        when is_conversion_inferred then 'conversion_not_told'
        when not is_what_stands then 'last_change_missing'
        when holes_count > 0 then 'change_missing'
        else 'complete'
    end as completeness
from known
