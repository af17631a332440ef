{{ config(materialized='table') }}

-- Grain: key by which a source names a person: every record's, and that of a record which was merged into one of
-- theirs and lands no more, because what it did is still told under its old id.
with

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

merged_ids as (

    select * from {{ ref('int_record_cross_ids_collected') }}
    where link_method = 'merge'

),

keys as (

    select
        record_key,
        person_id
    from records

    union all

    select
        merged_ids.linked_record_key as record_key,
        min(records.person_id) as person_id
    from merged_ids
    inner join records
        on merged_ids.record_key = records.record_key
    left join records as landed_records
        on merged_ids.linked_record_key = landed_records.record_key
    where landed_records.record_key is null
    group by merged_ids.linked_record_key

)

select * from keys
