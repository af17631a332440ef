{{ config(materialized='table') }}

-- Grain: cycle x instant of a hand-raise, with the first routing row that fits the person then. Who has been excluded
-- since the cycle opened is routed as an excluded person is.
with

hand_raises as (

    select * from {{ ref('int_hand_raises_in_cycles') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

exclusions as (

    select * from {{ ref('fct_person_exclusions') }}

),

score_instants as (

    select * from {{ ref('fct_lead_score_instants') }}
    where model_status = 'active'

),

routing_rules as (

    select * from {{ ref('stg_rules__routing') }}
    where entry_reason is null or entry_reason = 'hand_raise'

),

exclusions_numbered as (

    select
        hand_raises.mql_id,
        hand_raises.raised_at,
        exclusions.exclusion_reason,
        row_number() over (
            partition by hand_raises.mql_id, hand_raises.raised_at
            order by exclusions.sort_order, exclusions.rule_id
        ) as exclusion_number
    from hand_raises
    inner join exclusions  -- every exclusion that held; the first is kept below
        on
            hand_raises.person_id = exclusions.person_id
            and exclusions.excluded_from <= hand_raises.raised_at

),

first_exclusions as (

    select * from exclusions_numbered
    where exclusion_number = 1

),

known as (

    select
        hand_raises.*,
        first_exclusions.exclusion_reason,
        score_instants.grade,
        persons.is_target_account,
        persons.account_owner_id,
        persons.is_email_opt_out
    from hand_raises
    left join persons
        on hand_raises.person_id = persons.person_id
    left join first_exclusions
        on
            hand_raises.mql_id = first_exclusions.mql_id
            and hand_raises.raised_at = first_exclusions.raised_at
    left join score_instants  -- one active version is in force at an instant
        on
            hand_raises.person_id = score_instants.person_id
            and hand_raises.raised_at = score_instants.occurred_at

),

matches as (

    select
        known.*,
        routing_rules.next_action,
        routing_rules.priority,
        routing_rules.opens_handoff,
        row_number() over (
            partition by known.mql_id, known.raised_at
            order by routing_rules.sort_order, routing_rules.rule_id
        ) as match_number
    from known
    inner join routing_rules  -- every row that fits; the first is kept below
        on
            {{ is_in_force('routing_rules', 'known.raised_at') }}
            and (
                routing_rules.exclusion_reason is null
                or routing_rules.exclusion_reason = known.exclusion_reason
            )
            and {{ routing_fits(
                'routing_rules', 'known.segment', 'known.grade', 'known.is_target_account', 'known.account_owner_id',
                'known.is_email_opt_out'
            ) }}

)

select
    mql_id,
    signal_id,
    raised_at,
    raised_at_precision,
    join_hours,
    next_action,
    priority
from matches
where
    match_number = 1
    and opens_handoff
