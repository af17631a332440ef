-- Catches a person made of records that share no survivor, or of two survivors: every join by person would lose or
-- double them. Also catches records linked to each other that became different people.
with

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

links as (

    select * from {{ ref('int_record_links_decided') }}
    where dropped_reason is null

),

survivors_counted as (

    select
        person_id as failing_key,
        sum(case when is_survivor then 1 else 0 end) as survivor_count
    from records
    group by person_id

),

failures as (

    select failing_key
    from survivors_counted
    where survivor_count <> 1

    union all

    select links.record_key as failing_key
    from links
    left join records
        on links.record_key = records.record_key
    left join records as linked_records
        on links.linked_record_key = linked_records.record_key
    where
        records.person_id is null
        or linked_records.person_id is null
        or records.person_id <> linked_records.person_id

)

select * from failures
