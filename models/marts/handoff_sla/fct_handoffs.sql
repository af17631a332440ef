with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

policies as (

    select distinct
        handoff_id,
        policy_id
    from {{ ref('int_handoff_policies_applied') }}

),

first_stints as (

    select * from {{ ref('int_handoff_stints') }}
    where stint_number = 1

),

touches as (

    select * from {{ ref('int_handoff_first_touches') }}

)

select
    handoffs.handoff_id,
    handoffs.mql_id,
    handoffs.sequence,
    handoffs.person_id,
    handoffs.account_id,
    handoffs.handed_off_at,
    handoffs.is_hand_raise,
    handoffs.signal_id,
    handoffs.next_action,
    handoffs.priority,
    policies.policy_id,
    handoffs.channel,
    handoffs.segment,
    first_stints.stint_from as assigned_at,
    first_stints.owner_id,
    coalesce(first_stints.team, 'unassigned') as team,
    touches.first_touch_at,
    touches.first_touch_type,
    touches.first_touch_rep_id,
    touches.first_touch_date_without_time,
    handoffs.accepted_at,
    handoffs.rejected_at,
    touches.meeting_held_at,
    coalesce(touches.touch_count, 0) as touch_count,
    coalesce(touches.touches_before_count, 0) as touches_before_count,
    handoffs.closed_at,
    handoffs.outcome
from handoffs
left join policies
    on handoffs.handoff_id = policies.handoff_id
left join first_stints
    on handoffs.handoff_id = first_stints.handoff_id
left join touches
    on handoffs.handoff_id = touches.handoff_id
