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

),

cadences as (

    select * from {{ ref('int_handoff_cadences_applied') }}

),

given_up as (

    select * from {{ ref('int_handoffs_given_up') }}

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
    {{ seconds_between('handoffs.handed_off_at', 'first_stints.stint_from') }} as routing_delay_seconds,
    case
        when touches.first_touch_at >= first_stints.stint_from
            then {{ seconds_between('first_stints.stint_from', 'touches.first_touch_at') }}
    end as rep_delay_seconds,
    touches.first_touch_date_without_time,
    touches.first_contact_at,
    handoffs.accepted_at,
    handoffs.rejected_at,
    touches.meeting_held_at,
    touches.last_touch_at,
    coalesce(touches.touch_count, 0) as touch_count,
    coalesce(touches.touch_days_count, 0) as touch_days_count,
    coalesce(touches.contact_count, 0) as contact_count,
    coalesce(touches.touches_before_count, 0) as touches_before_count,
    cadences.cadence_id,
    given_up.given_up_at,
    given_up.given_up_at is not null
    and (
        coalesce(touches.touch_count, 0) < cadences.min_touches
        or given_up.given_up_at < {{ add_days('handoffs.handed_off_at', 'cadences.min_days') }}
    ) as is_given_up_early,
    handoffs.closed_at,
    handoffs.outcome
from handoffs
left join policies
    on handoffs.handoff_id = policies.handoff_id
left join first_stints
    on handoffs.handoff_id = first_stints.handoff_id
left join touches
    on handoffs.handoff_id = touches.handoff_id
left join cadences
    on handoffs.handoff_id = cadences.handoff_id
left join given_up
    on handoffs.handoff_id = given_up.handoff_id
