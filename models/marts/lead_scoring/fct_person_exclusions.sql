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

exclusions as (

    select
        conditions_met.person_id,
        exclusion_rules.rule_id,
        exclusion_rules.exclusion_reason,
        exclusion_rules.sort_order,
        exclusion_rules.attribute
        || ' ' || replace(exclusion_rules.operator, '_', ' ')
        || coalesce(' "' || exclusion_rules.value || '"', '') as evidence,
        -- a customer was a lead until the first deal was won; the other reasons have no date and hold throughout
        case
            when exclusion_rules.exclusion_reason = 'customer' and persons.customer_since is not null
                then persons.customer_since
            else exclusion_rules.effective_from
        end as excluded_from
    from conditions_met
    inner join exclusion_rules  -- a condition may serve several rules
        on
            conditions_met.attribute = exclusion_rules.attribute
            and conditions_met.operator = exclusion_rules.operator
            and conditions_met.value = coalesce(exclusion_rules.value, '')
    inner join persons  -- one row per person
        on conditions_met.person_id = persons.person_id
    where {{ is_in_force('exclusion_rules', as_of()) }}

)

select * from exclusions
where excluded_from <= {{ as_of() }}
