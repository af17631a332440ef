-- How many functions engaged; nobody knows what an unknown title's function is, so it is not one.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'engaged_functions'

),

engaged_signals as (

    select * from {{ ref('int_readiness_signals_engaged') }}
    where job_function <> 'unknown'

),

counted as (

    select
        rules.account_id,
        rules.criterion,
        cast(
            count(distinct case
                when rules.window_days is null or engaged_signals.age_days < rules.window_days
                    then engaged_signals.job_function
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
