-- Grain: version x period x kind of score x band. People whose last band of the period it was; met: who reached the
-- threshold in it.
with

people as (

    select * from {{ ref('int_score_periods_counted') }}

),

periods as (

    select
        scoring_model,
        period_number,
        period_from,
        period_until,
        count(*) as people_scored
    from people
    group by scoring_model, period_number, period_from, period_until

),

cells as (

    select
        'fit' as score_kind,
        'A' as score_band
    union all
    select
        'fit' as score_kind,
        'B' as score_band
    union all
    select
        'fit' as score_kind,
        'C' as score_band
    union all
    select
        'fit' as score_kind,
        'D' as score_band
    union all
    select
        'fit' as score_kind,
        'X' as score_band
    union all
    select
        'engagement' as score_kind,
        '1' as score_band
    union all
    select
        'engagement' as score_kind,
        '2' as score_band
    union all
    select
        'engagement' as score_kind,
        '3' as score_band
    union all
    select
        'engagement' as score_kind,
        '4' as score_band
    union all
    select
        'threshold' as score_kind,
        'met' as score_band

),

counted as (

    select
        scoring_model,
        period_number,
        'fit' as score_kind,
        fit_band as score_band,
        count(*) as people
    from people
    group by scoring_model, period_number, fit_band
    union all
    select
        scoring_model,
        period_number,
        'engagement' as score_kind,
        engagement_band as score_band,
        count(*) as people
    from people
    group by scoring_model, period_number, engagement_band
    union all
    select
        scoring_model,
        period_number,
        'threshold' as score_kind,
        'met' as score_band,
        count(*) as people
    from people
    where has_met_threshold
    group by scoring_model, period_number

)

select
    periods.scoring_model,
    periods.period_number,
    periods.period_from,
    periods.period_until,
    cells.score_kind,
    cells.score_band,
    coalesce(counted.people, 0) as people,
    periods.people_scored
from periods
cross join cells  -- a band nobody is in counts nobody
left join counted
    on
        periods.scoring_model = counted.scoring_model
        and periods.period_number = counted.period_number
        and cells.score_kind = counted.score_kind
        and cells.score_band = counted.score_band
