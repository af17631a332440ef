with

points_offered as (

    select * from {{ ref('int_engagement_points_offered') }}
    where not is_over_daily_cap

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
    number_in_day
from points_offered
