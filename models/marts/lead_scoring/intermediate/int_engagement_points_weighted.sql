with

points_awarded as (

    select * from {{ ref('int_engagement_points_awarded') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}

),

aged as (

    select
        points_awarded.*,
        score_groups.half_life_days,
        {{ days_between('points_awarded.occurred_date', 'cast(' ~ as_of() ~ ' as date)') }} as age_days
    from points_awarded
    left join score_groups
        on
            points_awarded.scoring_model = score_groups.scoring_model
            and points_awarded.score_group = score_groups.score_group

),

weighted as (

    select
        *,
        {{ decay_weight('aged', 'age_days') }} as weight
    from aged

)

select
    person_id,
    signal_id,
    signal_name,
    occurred_at,
    scoring_model,
    rule_id,
    score_group,
    points,
    decay,
    decay_days,
    look_back_days,
    daily_cap,
    reason,
    occurred_date,
    number_in_day,
    half_life_days,
    age_days,
    weight
from weighted
