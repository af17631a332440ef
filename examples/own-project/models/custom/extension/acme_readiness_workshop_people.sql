-- Grain: unit x rule row x instant. The measure workshop_people (var extra_measures): how many people of an account came
-- to a workshop inside the rule's window.
{{ config(group='account_readiness') }}
with

asked as (

    select * from {{ ref('handoff', 'int_readiness_rules_asked') }}
    where measure = 'workshop_people'

),

spells as (

    select
        asked.unit_id,
        asked.rule_id,
        signals.person_id as thing,
        signals.occurred_at as spell_from,
        {{ handoff.add_days('signals.occurred_at', 'asked.window_days') }} as spell_until
    from asked
    inner join {{ ref('handoff', 'int_readiness_people') }} as people
        on asked.unit_id = people.unit_id
    inner join {{ ref('handoff', 'fct_signals') }} as signals
        on people.person_id = signals.person_id
    where
        signals.signal_name = 'workshop_attended'
        and signals.is_counted

)

{{ handoff.distinct_count_steps('spells', 'asked') }}
