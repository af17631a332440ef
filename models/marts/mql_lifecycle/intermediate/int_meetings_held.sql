{{ config(materialized='table') }}

-- Grain: meeting that a human of sales held with a person. One known by its day was held by its last second.
with

touches as (

    select * from {{ ref('int_touches_identified') }}

),

qualifying_touches as (

    select * from {{ ref('stg_rules__qualifying_touches') }}
    where is_meeting

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

)

select
    touches.touch_key,
    touches.person_id,
    case
        when touches.touched_at_precision <> 'day' then touches.touched_at
        when {{ add_seconds('touches.touched_at', '86399') }} > {{ as_of() }} then {{ as_of() }}
        else {{ add_seconds('touches.touched_at', '86399') }}
    end as held_at
from touches
inner join qualifying_touches
    on touches.touch_type = qualifying_touches.touch_type
left join reps
    on touches.rep_id = reps.rep_id
where
    touches.is_completed
    and not touches.is_automated
    and not coalesce(reps.is_automation, false)
    and not coalesce({{ is_queue('touches.source_system', 'touches.rep_id') }}, false)
    and touches.person_id is not null
    and touches.touched_at is not null
