{{ config(materialized='table') }}

-- Grain: handoff x clock of the policy in force at the handoff. The first policy that fits; no policy then, no clock:
-- history is not turned into breaches.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}
    where opened_at_precision = 'exact'

),

sla_policies as (

    select * from {{ ref('stg_rules__sla_policies') }}

),

matches as (

    select
        handoffs.handoff_id,
        sla_policies.policy_id,
        sla_policies.clock,
        sla_policies.target_seconds,
        sla_policies.at_risk_share,
        sla_policies.pauses_out_of_office,
        sla_policies.pauses_recycled,
        sla_policies.calendar_id as policy_calendar_id,
        dense_rank() over (
            partition by handoffs.handoff_id
            order by sla_policies.sort_order, sla_policies.policy_id
        ) as policy_number
    from handoffs
    inner join sla_policies  -- every policy that fits; the first is kept below
        on
            {{ is_in_force('sla_policies', 'handoffs.handed_off_at') }}
            and (sla_policies.priority is null or sla_policies.priority = handoffs.priority)
            and (sla_policies.segment is null or sla_policies.segment = handoffs.segment)
            and (sla_policies.channel is null or sla_policies.channel = handoffs.channel)
            and (sla_policies.is_hand_raise is null or sla_policies.is_hand_raise = handoffs.is_hand_raise)

)

select
    handoff_id,
    policy_id,
    clock,
    target_seconds,
    at_risk_share,
    pauses_out_of_office,
    pauses_recycled,
    policy_calendar_id
from matches
where policy_number = 1
