{{ config(materialized='table') }}

-- Grain: record of a person who was several before a conversion or merge of known instant, numbered in the order in
-- which records survive. Number 1 is who the person is now.
with

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

joins as (

    select * from {{ ref('int_person_joins_dated') }}

),

persons_joined as (

    select distinct records.person_id
    from joins
    inner join records
        on joins.record_key = records.record_key

)

select
    records.person_id,
    records.record_key,
    row_number() over (
        partition by records.person_id
        order by
            case when records.is_survivor then 0 else 1 end,
            case when people.is_merged then 1 else 0 end,
            case people.record_type when 'contact' then 0 else 1 end,
            people.created_at nulls last,
            people.source_system,
            people.record_id
    ) as record_number
from records
inner join persons_joined
    on records.person_id = persons_joined.person_id
inner join people
    on records.record_key = people.record_key
