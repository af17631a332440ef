-- How many people engaged within the long window of the rule.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'engaged_people_90'

),

engaged_signals as (

    select * from {{ ref('int_readiness_signals_engaged') }}

),

counted as (

    select
        rules.account_id,
        rules.criterion,
        cast(count(distinct engaged_signals.person_id) as double) as actual,
        true as is_applicable
    from rules
    left join engaged_signals  -- many signals of one account, counted
        on
            rules.account_id = engaged_signals.account_id
            and engaged_signals.age_days < coalesce(rules.window_days, engaged_signals.age_days + 1)
    group by
        rules.account_id,
        rules.criterion

)

select * from counted
