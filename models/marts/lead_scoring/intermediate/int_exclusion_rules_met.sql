-- Grain: person x exclusion rule in force that holds for them, with the condition in words.
with

conditions_met as (

    select * from {{ ref('int_rule_conditions_met') }}

),

exclusion_rules as (

    select * from {{ ref('stg_rules__exclusions') }}

)

select
    conditions_met.person_id,
    exclusion_rules.rule_id,
    exclusion_rules.exclusion_reason,
    exclusion_rules.sort_order,
    exclusion_rules.attribute
    || ' ' || replace(exclusion_rules.operator, '_', ' ')
    || coalesce(' "' || exclusion_rules.value || '"', '') as evidence,
    exclusion_rules.effective_from
from conditions_met
inner join exclusion_rules  -- a condition may serve several rules
    on
        conditions_met.attribute = exclusion_rules.attribute
        and conditions_met.operator = exclusion_rules.operator
        and conditions_met.value = coalesce(exclusion_rules.value, '')
where {{ is_in_force('exclusion_rules', as_of()) }}
