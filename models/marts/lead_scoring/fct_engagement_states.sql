with

sums as (

    select * from {{ ref('int_engagement_sums_run') }}

)

select
    person_id,
    scoring_model,
    score_group,
    moment as valid_from,
    coalesce(next_moment, {{ open_end() }}) as valid_until,
    cast({{ as_of() }} as date) as day_zero,
    decayed_points,
    flat_points,
    points_lost_per_day,
    floor_points,
    cap_points,
    half_life_days
from sums
where next_moment is null or next_moment > moment  -- the last change of one second has them all
