{{ config(materialized='table') }}

-- Grain: person x scoring model x instant at which something may qualify them: a counted positive signal, a hand-raise,
-- a change of an attribute that raises them, or the CRM's own word.
with

points_awarded as (

    select * from {{ ref('int_engagement_points_awarded') }}
    where points > 0

),

told_instants as (

    select * from {{ ref('int_told_instants') }}

),

fit_rises as (

    select * from {{ ref('int_fit_scores_dated') }}
    where is_rise

),

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

instants as (  -- a signal asks only the models that give it points: a draft opens no instant for another

    select
        person_id,
        scoring_model,
        occurred_at
    from points_awarded
    union
    select
        person_id,
        scoring_model,
        valid_from as occurred_at
    from fit_rises
    union
    select
        told_instants.person_id,
        scoring_models.scoring_model,
        told_instants.occurred_at
    from told_instants
    cross join scoring_models  -- each judges by itself

),

judged_by as (

    select
        instants.person_id,
        instants.occurred_at,
        instants.scoring_model,
        scoring_models.model_status
    from instants
    inner join scoring_models  -- the version in force at the instant, and every draft
        on
            instants.scoring_model = scoring_models.scoring_model
            and (scoring_models.model_status = 'draft' or {{ is_in_force('scoring_models', 'instants.occurred_at') }})

)

select * from judged_by
