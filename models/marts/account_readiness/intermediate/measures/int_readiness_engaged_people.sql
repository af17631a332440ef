-- How many people engaged: of the functions, seniorities and buying roles that the rule names, inside its window.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'engaged_people'

),

spells as (

    select
        unit_id,
        rule_id,
        person_id as thing,
        spell_from,
        spell_until
    from {{ ref('int_readiness_engagements_asked') }}
    where measure = 'engaged_people'

)

{{ distinct_count_steps('spells', 'asked') }}
