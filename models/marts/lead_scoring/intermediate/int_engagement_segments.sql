{{ config(materialized='table') }}

-- Grain: person x scoring model x moment, until the next one: the engagement score on the first day and on the last.
-- The sums stay where the band falls in between, to find the day.
with

sums as (

    select
        *,
        {{ days_between('cast(' ~ as_of() ~ ' as date)', 'cast(moment as date)') }} as first_day,
        {{ days_between('cast(' ~ as_of() ~ ' as date)', "cast(next_moment - interval '1 microsecond' as date)") }}
            as day_before_next
    from {{ ref('int_engagement_sums_pivoted') }}

),

limits as (

    select * from {{ ref('int_engagement_limits_pivoted') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

days as (  -- of what goes on after as_of, only the days until then

    select
        *,
        case when next_moment > {{ as_of() }} then 0 else day_before_next end as last_day
    from sums

),

scores as (

    select
        days.*,
        {{ quantised(engagement_of_slots('days', 'limits', 'days.first_day')) }} as engagement_score,
        {{ quantised(engagement_of_slots('days', 'limits', 'days.last_day')) }} as last_engagement_score
    from days
    inner join limits
        on days.scoring_model = limits.scoring_model

),

banded as (

    select
        scores.*,
        score_bands.band as engagement_band,
        last_bands.band as last_engagement_band,
        scores.last_engagement_score < score_bands.min_score as falls
    from scores
    left join score_bands
        on
            scores.scoring_model = score_bands.scoring_model
            and scores.engagement_score >= score_bands.min_score
            and scores.engagement_score < score_bands.max_score
    left join score_bands as last_bands
        on
            scores.scoring_model = last_bands.scoring_model
            and scores.last_engagement_score >= last_bands.min_score
            and scores.last_engagement_score < last_bands.max_score

)

select
    person_id,
    scoring_model,
    moment,
    signal_id,
    fit_number,
    first_day,
    last_day,
    engagement_score,
    last_engagement_score,
    engagement_band,
    last_engagement_band,
    falls,
    {%- for slot in engagement_slots() %}
        case when falls then decayed_points_{{ slot }} end as decayed_points_{{ slot }},
        case when falls then flat_points_{{ slot }} end as flat_points_{{ slot }},
        case when falls then points_lost_per_day_{{ slot }} end as points_lost_per_day_{{ slot }}
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
from banded
