-- How many roles of the buying committee engaged: by title, or by the CRM's contact role on a deal since its creation.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'buying_roles'

),

role_spells as (

    select * from {{ ref('int_readiness_role_spells') }}

),

spells as (  -- of the roles that the rule names, if it names any

    select
        role_spells.unit_id,
        role_spells.rule_id,
        role_spells.buying_role as thing,
        role_spells.spell_from,
        role_spells.spell_until
    from role_spells
    inner join asked
        on
            role_spells.unit_id = asked.unit_id
            and role_spells.rule_id = asked.rule_id
    where
        asked.buying_roles is null
        or {{ is_listed('role_spells.buying_role', 'asked.buying_roles') }}

)

{{ distinct_count_steps('spells', 'asked') }}
