-- An account is excluded when everybody known there is: one student does not exclude a company, a competitor's staff do.
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
        cast(max(case when people.is_excluded then 0 else 1 end) as double) as actual,
        count(people.person_id) > 0 as is_applicable
    from rules
    left join people  -- many people of one account, counted
        on rules.account_id = people.account_id
    group by
        rules.account_id,
        rules.criterion

)

select * from counted
