{{ config(materialized='table') }}

-- Grain: cycle. The first routing row that fits what was known when the cycle opened.
with

cycles as (

    select * from {{ ref('int_cycles_walked') }}

),

candidates as (

    select * from {{ ref('int_qualification_instants') }}

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

opt_outs as (  -- as it was then, where the source keeps its history; else as it is now

    select * from {{ ref('int_person_attributes_dated') }}
    where attribute = 'is_email_opt_out'

),

routing_rules as (

    select * from {{ ref('stg_rules__routing') }}

),

matches as (

    select
        cycles.mql_id,
        routing_rules.rule_id,
        routing_rules.next_action,
        routing_rules.opens_handoff,
        routing_rules.priority,
        routing_rules.action_reason,
        row_number() over (
            partition by cycles.mql_id
            order by routing_rules.sort_order, routing_rules.rule_id
        ) as match_number
    from cycles
    inner join candidates
        on
            cycles.person_id = candidates.person_id
            and cycles.opened_at = candidates.occurred_at
    inner join persons
        on cycles.person_id = persons.person_id
    left join opt_outs  -- at most one interval holds
        on
            cycles.joined_person_id = opt_outs.person_id
            and cycles.opened_at >= opt_outs.valid_from
            and cycles.opened_at < opt_outs.valid_until
    inner join routing_rules  -- every row that fits; the first is kept below
        on
            {{ is_in_force('routing_rules', 'cycles.opened_at') }}
            and routing_rules.exclusion_reason is null
            and (routing_rules.entry_reason is null or routing_rules.entry_reason = candidates.entry_reason)
            and {{ routing_fits(
                'routing_rules', 'persons.segment', 'candidates.grade', 'persons.is_target_account',
                'persons.account_owner_id',
                "case when opt_outs.is_latest then persons.is_email_opt_out "
                ~ "else coalesce(opt_outs.value_text = 'true', persons.is_email_opt_out) end"
            ) }}

)

select
    mql_id,
    rule_id,
    next_action,
    opens_handoff,
    priority,
    action_reason
from matches
where match_number = 1
