-- The middle fit of the people known there: who answers the phone best says little of the company.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'account_fit'

),

people_scored as (

    select * from {{ ref('int_readiness_people_scored') }}

),

middle_fit as (

    select
        rules.account_id,
        rules.criterion,
        percentile_cont(0.5) within group (order by cast(people_scored.fit_score as double)) as actual,
        count(people_scored.person_id) > 0 as is_applicable
    from rules
    left join people_scored  -- many people of one account, their middle taken
        on rules.account_id = people_scored.account_id
    group by
        rules.account_id,
        rules.criterion

)

select * from middle_fit
