select
    person_id,
    scoring_model,
    valid_from,
    valid_until,
    fit_score,
    fit_band,
    is_point_in_time
from {{ ref('int_fit_scores_dated') }}
