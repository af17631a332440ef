with

current_checks as (

    select * from {{ ref('int_readiness_checks_current') }}
    where unit_kind = 'account'

),

final as (

    select
        head_account_id as account_id,
        criterion,
        status,
        actual,
        threshold,
        exit_threshold,
        cast(window_days as bigint) as window_days,
        rule_id
    from current_checks

)

select * from final
