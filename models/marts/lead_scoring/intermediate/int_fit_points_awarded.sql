-- Grain: person x scoring model x fit rule that holds as of the run.
select
    person_id,
    scoring_model,
    rule_id,
    score_group,
    points,
    reason,
    is_point_in_time
from {{ ref('int_fit_points_dated') }}
where valid_until = {{ open_end() }}
