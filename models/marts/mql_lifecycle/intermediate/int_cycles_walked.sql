{{ config(materialized='table') }}

-- Grain: cycle, numbered by the person that all whom they were before have become. person_id is who walked;
-- earlier_person_id is who led when the cycle opened, of all whom conversions and merges had joined by then.
with

steps as (

    select * from {{ ref('int_cycle_steps_walked') }}

),

earlier_persons as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

yielded as (

    select
        person_id,
        last_opened_at,
        yielded_at
    from steps
    where yielded_at is not null

),

cycles as (

    select
        steps.person_id,
        steps.joined_person_id,
        coalesce(earlier_persons.earlier_person_id, steps.person_id) as earlier_person_id,
        steps.opened_at,
        yielded.yielded_at,
        lead(steps.opened_at) over (partition by steps.person_id order by steps.opened_at) as reopened_at
    from steps
    left join earlier_persons
        on
            steps.person_id = earlier_persons.record_key
            and steps.opened_at >= earlier_persons.known_from
            and steps.opened_at < earlier_persons.leads_until
    left join yielded  -- at most one, of the last cycle of whoever yielded
        on
            steps.person_id = yielded.person_id
            and steps.opened_at = yielded.last_opened_at
    where steps.opened_at is not null

),

numbered as (

    select
        *,
        row_number() over (partition by joined_person_id order by opened_at, earlier_person_id) as cycle_number
    from cycles

)

select
    {{ key_of(['joined_person_id', 'cycle_number']) }} as mql_id,
    person_id,
    joined_person_id,
    earlier_person_id,
    cycle_number,
    opened_at,
    yielded_at,
    coalesce(reopened_at, yielded_at, {{ open_end() }}) as next_opened_at
from numbered
