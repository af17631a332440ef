-- How many functions engaged; nobody knows what an unknown title's function is, so it is not one.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'engaged_functions'

),

spells as (

    select
        unit_id,
        rule_id,
        job_function as thing,
        spell_from,
        spell_until
    from {{ ref('int_readiness_engagements_asked') }}
    where
        measure = 'engaged_functions'
        and job_function <> 'unknown'

)

{{ distinct_count_steps('spells', 'asked') }}
