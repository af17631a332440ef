{{ config(materialized='table') }}

-- Grain: handoff x touch of its person until the handoff's end. A touch may answer several open handoffs.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

touches as (

    select * from {{ ref('int_touches_qualified') }}

),

owner_stints as (

    select * from {{ ref('int_handoff_stints') }}

),

handoff_touches as (

    select
        handoffs.handoff_id,
        handoffs.handed_off_at,
        touches.touch_key,
        touches.rep_id,
        touches.touch_type,
        touches.touched_at,
        touches.is_exact,
        touches.stops_clock,
        touches.is_meeting,
        case
            when touches.is_exact then touches.touched_at < handoffs.handed_off_at
            else cast(touches.touched_at as date) < cast(handoffs.handed_off_at as date)
        end as is_before_handoff
    from handoffs
    inner join touches
        on
            handoffs.person_id = touches.person_id
            and touches.touched_at <= handoffs.watched_until

)

select
    handoff_touches.handoff_id,
    handoff_touches.touch_key,
    handoff_touches.rep_id,
    handoff_touches.touch_type,
    handoff_touches.touched_at,
    handoff_touches.is_exact,
    handoff_touches.stops_clock,
    handoff_touches.is_meeting,
    handoff_touches.is_before_handoff,
    owner_stints.stint_number
from handoff_touches
left join owner_stints  -- the stint of the touch's own rep that it falls into, if any
    on
        handoff_touches.handoff_id = owner_stints.handoff_id
        and handoff_touches.rep_id = owner_stints.owner_id
        and handoff_touches.touched_at >= owner_stints.stint_from
        and (owner_stints.reassigned_at is null or handoff_touches.touched_at < owner_stints.reassigned_at)
