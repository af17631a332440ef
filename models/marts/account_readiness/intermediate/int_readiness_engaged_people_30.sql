-- How many people engaged within the short window of the rule.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'engaged_people_30'

),

engaged_signals as (

    select * from {{ ref('int_readiness_signals_engaged') }}

),

counted as (

    select
        rules.account_id,
        rules.criterion,
        cast(
            count(distinct case
                when rules.window_days is null or engaged_signals.age_days < rules.window_days
                    then engaged_signals.person_id
            end) as double
        ) as actual,
        true as is_applicable
    from rules
    left join engaged_signals  -- many signals of one account; only those inside the rule's window count
        on rules.account_id = engaged_signals.account_id
    group by
        rules.account_id,
        rules.criterion

)

select * from counted
