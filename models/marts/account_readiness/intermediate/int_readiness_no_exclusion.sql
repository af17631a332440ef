-- How many excluded people are known where nobody else is: one student does not exclude a company, a competitor's
-- staff do.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'no_exclusion'

),

people as (

    select * from {{ ref('int_readiness_people') }}

),

counted as (

    select
        rules.account_id,
        rules.criterion,
        cast(
            case when min(case when people.is_excluded then 1 else 0 end) = 1 then count(people.person_id) else 0 end
            as double
        ) as actual,
        count(people.person_id) > 0 as is_applicable
    from rules
    left join people  -- many people of one account, counted
        on rules.account_id = people.account_id
    group by
        rules.account_id,
        rules.criterion

)

select * from counted
