-- How many signals of high intent: hand-raises, and what stands in the scoring rules' group high_intent.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'high_intent_signals'

),

spells as (

    select
        unit_id,
        rule_id,
        signal_id as thing,
        spell_from,
        spell_until
    from {{ ref('int_readiness_engagements_asked') }}
    where
        measure = 'high_intent_signals'
        and is_high_intent

)

{{ distinct_count_steps('spells', 'asked') }}
