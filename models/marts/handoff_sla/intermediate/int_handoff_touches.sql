{{ config(materialized='table') }}

-- Grain: handoff x touch of its person until the handoff's end. A touch may answer several open handoffs.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

touches as (

    select * from {{ ref('int_touches_qualified') }}

),

handoff_touches as (

    select
        handoffs.handoff_id,
        touches.touch_key,
        touches.rep_id,
        touches.touch_type,
        touches.touched_at,
        touches.is_exact,
        touches.stops_clock,
        touches.is_meeting,
        touches.is_contact,
        case
            when touches.is_exact then touches.touched_at < handoffs.handed_off_at
            else cast(touches.touched_at as date) < cast(handoffs.handed_off_at as date)
        end as is_before_handoff
    from handoffs
    inner join touches
        on
            handoffs.earlier_person_id = touches.person_id
            and touches.touched_at <= handoffs.watched_until

)

select * from handoff_touches
