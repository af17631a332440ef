with

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

model_in_force as (

    select scoring_models.scoring_model
    from scoring_models
    where
        scoring_models.model_status = 'active'
        and {{ is_in_force('scoring_models', as_of()) }}

)

select * from model_in_force
