{{ config(materialized='table') }}

-- Grain: meeting that a human of sales held with a person. One known by its day was held by its last second.
with

touches as (

    select
        *,
        case
            when touched_at_precision <> 'day' then touched_at
            when {{ add_seconds('touched_at', '86399') }} > {{ as_of() }} then {{ as_of() }}
            else {{ add_seconds('touched_at', '86399') }}
        end as held_at
    from {{ ref('int_touches_identified') }}

),

qualifying_touches as (

    select * from {{ ref('stg_rules__qualifying_touches') }}
    where is_meeting

),

earlier_persons as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

)

select
    touches.touch_key,
    coalesce(earlier_persons.earlier_person_id, touches.person_id) as person_id,
    touches.held_at
from touches
inner join qualifying_touches
    on touches.touch_type = qualifying_touches.touch_type
left join reps
    on touches.rep_id = reps.rep_id
left join earlier_persons  -- with whom it was held then
    on
        touches.record_key = earlier_persons.record_key
        and touches.held_at >= earlier_persons.known_from
where
    touches.is_completed
    and not touches.is_automated
    and not coalesce(reps.is_automation, false)
    and not coalesce({{ is_queue('touches.source_system', 'touches.rep_id') }}, false)
    and touches.person_id is not null
    and touches.touched_at is not null
