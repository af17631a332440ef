{{ config(materialized='table') }}

-- Grain: person x exclusion rule x interval in which it is in force and holds for them, with the condition in words.
with

conditions_met as (

    select * from {{ ref('int_rule_conditions_met') }}

),

exclusion_rules as (

    select * from {{ ref('stg_rules__exclusions') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

rules_met as (

    select
        conditions_met.person_id,
        exclusion_rules.rule_id,
        exclusion_rules.exclusion_reason,
        exclusion_rules.sort_order,
        exclusion_rules.attribute
        || ' ' || replace(exclusion_rules.operator, '_', ' ')
        || coalesce(' "' || exclusion_rules.value || '"', '') as evidence,
        exclusion_rules.effective_from,
        exclusion_rules.effective_until,
        conditions_met.valid_until,
        -- a customer was a lead until the first deal was won; what else has no date holds throughout
        case
            when
                exclusion_rules.exclusion_reason = 'customer'
                and conditions_met.valid_from = {{ since_ever() }}
                and persons.customer_since is not null
                then persons.customer_since
            else conditions_met.valid_from
        end as valid_from
    from conditions_met
    inner join exclusion_rules  -- a condition may serve several rules
        on
            conditions_met.attribute = exclusion_rules.attribute
            and conditions_met.operator = exclusion_rules.operator
            and conditions_met.value = coalesce(exclusion_rules.value, '')
    inner join persons
        on conditions_met.person_id = persons.person_id

),

in_force as (

    select
        person_id,
        rule_id,
        exclusion_reason,
        sort_order,
        evidence,
        greatest(valid_from, effective_from) as excluded_from,
        case
            when least(valid_until, effective_until) > {{ as_of() }} then {{ open_end() }}
            else least(valid_until, effective_until)
        end as excluded_until
    from rules_met

),

adjoined as (  -- a value that changes and still meets the rule begins no other exclusion

    select
        *,
        lag(excluded_until) over (partition by person_id, rule_id order by excluded_from) as previous_until
    from in_force
    where
        excluded_from < excluded_until
        and excluded_from <= {{ as_of() }}

),

spells as (

    select
        *,
        sum(case when previous_until >= excluded_from then 0 else 1 end) over (
            partition by person_id, rule_id
            order by excluded_from
            rows between unbounded preceding and current row
        ) as spell_number
    from adjoined

)

select
    person_id,
    rule_id,
    exclusion_reason,
    sort_order,
    evidence,
    min(excluded_from) as excluded_from,
    max(excluded_until) as excluded_until
from spells
group by person_id, rule_id, exclusion_reason, sort_order, evidence, spell_number
