with

fit_points as (

    select * from {{ ref('int_fit_points_dated') }}

)

select
    person_id,
    scoring_model,
    rule_id,
    valid_from,
    valid_until,
    score_group,
    points,
    reason,
    is_point_in_time
from fit_points
