-- The best fit among the people known there: that somebody worth talking to is known, whoever else is.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'account_fit'

),

people_scored as (

    select * from {{ ref('int_readiness_people_scored') }}

),

best_fit as (

    select
        rules.account_id,
        rules.criterion,
        cast(max(people_scored.fit_score) as double) as actual,
        count(people_scored.person_id) > 0 as is_applicable
    from rules
    left join people_scored  -- many people of one account, the best taken
        on rules.account_id = people_scored.account_id
    group by
        rules.account_id,
        rules.criterion

)

select * from best_fit
