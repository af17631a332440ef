-- Grain: unit. Its checks as of the run side by side, for its one row in the mart.
with

current_checks as (

    select * from {{ ref('int_readiness_checks_current') }}

),

checks_ranked as (  -- of several criteria of one measure, the first in the rules' order is shown

    select
        *,
        row_number() over (partition by unit_id, measure order by sort_order, criterion) as measure_rank
    from current_checks

),

checks_counted as (

    select
        unit_id,
        cast(sum(case when is_asked_by_a_stage and status <> 'not_applicable' then 1 else 0 end) as bigint)
            as asked_count,
        cast(sum(case when is_asked_by_a_stage and status = 'met' then 1 else 0 end) as bigint) as met_count,
        max(case when measure = 'account_fit' and measure_rank = 1 then actual end) as account_fit,
        max(case when measure = 'account_engagement' and measure_rank = 1 then actual end) as account_engagement,
        max(case when measure = 'surge' and measure_rank = 1 then actual end) as surge,
        max(case when criterion = 'engaged_people_90' then actual end) as engaged_people,
        max(case when measure = 'engaged_functions' and measure_rank = 1 then actual end) as engaged_functions,
        max(case when criterion = 'decision_maker_engaged' then actual end) as engaged_decision_makers,
        max(case when measure = 'buying_roles' and measure_rank = 1 then actual end) as roles_covered,
        max(case when measure = 'buying_roles' and measure_rank = 1 then threshold end) as roles_asked,
        max(case when measure = 'high_intent_signals' and measure_rank = 1 then actual end) as high_intent_signals
    from checks_ranked
    group by unit_id

)

select * from checks_counted
