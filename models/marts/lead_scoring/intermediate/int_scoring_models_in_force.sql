with

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

)

-- what a run speaks of: the version in force at as_of, and the drafts beside it
select
    scoring_models.scoring_model,
    scoring_models.model_status,
    scoring_models.effective_from,
    scoring_models.effective_until,
    scoring_models.review_by,
    scoring_models.rationale
from scoring_models
where
    scoring_models.model_status = 'draft'
    or {{ is_in_force('scoring_models', as_of()) }}
