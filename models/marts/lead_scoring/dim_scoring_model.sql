with

scoring_models as (

    select * from {{ ref('int_scoring_models_dated') }}

)

select
    scoring_model,
    model_status,
    effective_from,
    effective_until,
    review_by,
    held_out_from,
    rationale
from scoring_models
