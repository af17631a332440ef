with

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}

),

final as (

    select
        account_id,
        criterion,
        status,
        actual,
        threshold,
        rule_id
    from checks

)

select * from final
