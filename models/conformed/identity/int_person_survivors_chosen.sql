{{ config(materialized='table') }}

with

people as (

    select * from {{ ref('int_people_unioned') }}

),

merge_cycles as (

    select * from {{ ref('int_merge_cycles_found') }}

),

groups_decided as (

    select * from {{ ref('int_record_groups_decided') }}

),

records_labelled as (

    select
        people.record_key,
        people.source_system,
        people.record_id,
        people.record_type,
        people.created_at,
        people.is_merged,
        coalesce(groups_decided.label, people.record_key) as label
    from people
    left join groups_decided
        on people.record_key = groups_decided.record_key
    left join merge_cycles
        on people.record_key = merge_cycles.record_key
    where merge_cycles.record_key is null

),

survivors_chosen as (

    select
        record_key,
        source_system,
        record_id,
        record_type,
        first_value(record_key) over (
            partition by label
            order by
                case when is_merged then 1 else 0 end,
                case record_type when 'contact' then 0 else 1 end,
                created_at nulls last,
                source_system,
                record_id
        ) as person_id
    from records_labelled

)

select * from survivors_chosen
