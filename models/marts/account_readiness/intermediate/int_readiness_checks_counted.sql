-- Grain: unit. Its checks as of the run side by side, for its one row in the mart.
with

current_checks as (

    select * from {{ ref('int_readiness_checks_current') }}

),

checks_counted as (

    select
        unit_id,
        cast(sum(case when is_asked_by_a_stage and status <> 'not_applicable' then 1 else 0 end) as bigint)
            as asked_count,
        cast(sum(case when is_asked_by_a_stage and status = 'met' then 1 else 0 end) as bigint) as met_count,
        max(case when measure = 'account_fit' then actual end) as account_fit,
        max(case when measure = 'account_engagement' then actual end) as account_engagement,
        max(case when measure = 'surge' then actual end) as surge,
        max(case when criterion = 'engaged_people_90' then actual end) as engaged_people,
        max(case when measure = 'engaged_functions' then actual end) as engaged_functions,
        max(case when criterion = 'decision_maker_engaged' then actual end) as engaged_decision_makers,
        max(case when measure = 'buying_roles' then actual end) as roles_covered,
        max(case when measure = 'buying_roles' then threshold end) as roles_asked,
        max(case when measure = 'high_intent_signals' then actual end) as high_intent_signals
    from current_checks
    group by unit_id

)

select * from checks_counted
