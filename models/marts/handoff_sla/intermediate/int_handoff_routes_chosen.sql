{{ config(materialized='table') }}

-- Grain: handoff. The opening keeps its cycle's route; a later hand-raise takes the first routing row for hand-raises.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

routing_rules as (

    select * from {{ ref('stg_rules__routing') }}
    where entry_reason = 'hand_raise' and exclusion_reason is null

),

matches as (

    select
        handoffs.handoff_id,
        routing_rules.next_action,
        routing_rules.priority,
        row_number() over (
            partition by handoffs.handoff_id
            order by routing_rules.sort_order, routing_rules.rule_id
        ) as match_number
    from handoffs
    inner join routing_rules
        on
            {{ is_in_force('routing_rules', 'handoffs.handed_off_at') }}
            and (routing_rules.segment is null or routing_rules.segment = handoffs.segment)
            and routing_rules.grades is null
            and routing_rules.is_target_account is null
            and routing_rules.has_account_owner is null
    where handoffs.sequence > 1

)

select
    handoffs.handoff_id,
    coalesce(matches.next_action, handoffs.cycle_next_action) as next_action,
    coalesce(matches.priority, handoffs.cycle_priority) as priority
from handoffs
left join matches
    on
        handoffs.handoff_id = matches.handoff_id
        and matches.match_number = 1
