-- Grain: scoring model. Its window, and from when on its results are out of time: nobody had seen them when its rules
-- were written. Without a row that says so, from when it took effect; a draft, that has not, has seen everything.
with

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

calibration_periods as (

    select * from {{ ref('stg_rules__calibration_periods') }}

)

select
    scoring_models.scoring_model,
    scoring_models.model_status,
    scoring_models.effective_from,
    scoring_models.effective_until,
    scoring_models.review_by,
    scoring_models.rationale,
    coalesce(
        calibration_periods.held_out_from,
        case scoring_models.model_status when 'draft' then {{ open_end() }} else scoring_models.effective_from end
    ) as held_out_from
from scoring_models
left join calibration_periods
    on scoring_models.scoring_model = calibration_periods.scoring_model
