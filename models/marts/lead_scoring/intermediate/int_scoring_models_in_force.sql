with

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

)

-- what a run speaks of: the version in force at as_of, and the drafts beside it
select *
from scoring_models
where
    model_status = 'draft'
    or {{ is_in_force('scoring_models', as_of()) }}
