-- Whole days since anybody at the account engaged: the fewer the better, and none means never.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'recency'

),

engaged_signals as (

    select * from {{ ref('int_readiness_signals_engaged') }}

),

counted as (

    select
        rules.account_id,
        rules.criterion,
        cast(min(engaged_signals.age_days) as double) as actual,
        true as is_applicable
    from rules
    left join engaged_signals  -- many signals of one account, the last one kept
        on rules.account_id = engaged_signals.account_id
    group by
        rules.account_id,
        rules.criterion

)

select * from counted
