-- How many roles of the buying committee engaged: by title, or by the CRM's contact role on a deal since its creation.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'buying_roles'

),

spells as (

    select
        unit_id,
        rule_id,
        buying_role as thing,
        spell_from,
        spell_until
    from {{ ref('int_readiness_role_spells') }}

)

{{ distinct_count_steps('spells', 'asked') }}
