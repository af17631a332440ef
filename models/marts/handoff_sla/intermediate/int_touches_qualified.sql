{{ config(materialized='table') }}

-- Grain: completed touch of a person by a human (no automation, no queue), of a kind that reaches the buyer.
with

touches as (

    select * from {{ ref('int_touches_identified') }}
    where
        is_completed
        and not is_automated
        and touched_at is not null
        and person_id is not null

),

qualifying_touches as (

    select * from {{ ref('stg_rules__qualifying_touches') }}

),

touch_outcomes as (

    select * from {{ ref('stg_rules__touch_outcomes') }}

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
    touches.rep_id,
    touches.touch_type,
    touches.touched_at,
    touches.touched_at_precision = 'exact' as is_exact,
    qualifying_touches.stops_clock,
    qualifying_touches.is_meeting,
    coalesce(touch_outcomes.is_contact, qualifying_touches.is_contact) as is_contact
from touches
inner join qualifying_touches
    on touches.touch_type = qualifying_touches.touch_type
left join touch_outcomes
    on
        touches.touch_type = touch_outcomes.touch_type
        and {{ snake_case('touches.outcome') }} = touch_outcomes.outcome
left join reps
    on touches.rep_id = reps.rep_id
left join earlier_persons  -- whom it reached then
    on
        touches.record_key = earlier_persons.record_key
        and touches.touched_at >= earlier_persons.known_from
where
    not coalesce(reps.is_automation, false)
    and not coalesce({{ is_queue('touches.source_system', 'touches.rep_id') }}, false)
    and (qualifying_touches.stops_clock or qualifying_touches.is_meeting)
