with

judged as (

    select * from {{ ref('int_cycle_scores_judged') }}

)

select
    mql_id,
    person_id,
    scoring_model,
    label,
    score_kind,
    fit_basis,
    split,
    score_band,
    score,
    accepted_at,
    meeting_held_at,
    opportunity_id,
    outcome,
    horizon_days,
    is_positive
from judged
