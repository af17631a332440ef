-- The checks of an account side by side, for its one row in the mart.
with

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}

),

checks_counted as (

    select
        account_id,
        cast(sum(case when status <> 'not_applicable' then 1 else 0 end) as bigint) as asked_count,
        cast(sum(case when status = 'met' then 1 else 0 end) as bigint) as met_count,
        max(case when criterion = 'account_fit' then actual end) as account_fit,
        max(case when criterion = 'engaged_people_90' then actual end) as engaged_people,
        max(case when criterion = 'engaged_functions' then actual end) as engaged_functions,
        max(case when criterion = 'decision_maker_engaged' then actual end) as engaged_decision_makers,
        max(case when criterion = 'buying_roles_covered' then actual end) as roles_covered,
        max(case when criterion = 'buying_roles_covered' then threshold end) as roles_asked,
        max(case when criterion = 'high_intent_signals' then actual end) as high_intent_signals
    from checks
    group by account_id

)

select * from checks_counted
