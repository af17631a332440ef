with

rules_met as (

    select * from {{ ref('int_exclusion_rules_met') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

exclusions as (

    select
        rules_met.person_id,
        rules_met.rule_id,
        rules_met.exclusion_reason,
        rules_met.sort_order,
        rules_met.evidence,
        -- a customer was a lead until the first deal was won; the other reasons have no date and hold throughout
        case
            when rules_met.exclusion_reason = 'customer' and persons.customer_since is not null
                then persons.customer_since
            else rules_met.effective_from
        end as excluded_from
    from rules_met
    inner join persons  -- one row per person
        on rules_met.person_id = persons.person_id

)

select * from exclusions
where excluded_from <= {{ as_of() }}
