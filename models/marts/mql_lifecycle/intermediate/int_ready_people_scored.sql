{{ config(materialized='table') }}

-- Grain: person x scoring model x instant at which their account became ready, with the score then: by the version in
-- force then, and by every draft.
with

people as (

    select * from {{ ref('int_ready_people_known') }}

),

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}
    where rule_kind = 'engagement'

),

engagement_states as (

    select * from {{ ref('fct_engagement_states') }}

),

fit_scores as (

    select * from {{ ref('fct_fit_scores') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

people_by_model as (

    select
        people.*,
        scoring_models.scoring_model,
        scoring_models.model_status
    from people
    inner join scoring_models  -- each judges by itself
        on scoring_models.model_status = 'draft' or {{ is_in_force('scoring_models', 'people.occurred_at') }}

),

group_points as (  -- a group that nothing has come into yet is an empty sum

    select
        people_by_model.person_id,
        people_by_model.scoring_model,
        people_by_model.occurred_at,
        coalesce(
            {{ engagement_points_at('engagement_states', 'people_by_model.occurred_at') }},
            {{ between_limits('cast(0 as double)', 'score_groups.floor_points', 'score_groups.cap_points') }}
        ) as points
    from people_by_model
    inner join score_groups  -- every group of the model
        on people_by_model.scoring_model = score_groups.scoring_model
    left join engagement_states  -- at most one holds at the instant
        on
            people_by_model.person_id = engagement_states.person_id
            and score_groups.scoring_model = engagement_states.scoring_model
            and score_groups.score_group = engagement_states.score_group
            and people_by_model.occurred_at >= engagement_states.valid_from
            and people_by_model.occurred_at < engagement_states.valid_until

),

person_sums as (

    select
        person_id,
        scoring_model,
        occurred_at,
        sum(points) as points
    from group_points
    group by person_id, scoring_model, occurred_at

),

scored as (

    select
        people_by_model.person_id,
        people_by_model.account_id,
        people_by_model.occurred_at,
        people_by_model.occurred_at_precision,
        people_by_model.evidence,
        people_by_model.scoring_model,
        people_by_model.model_status,
        fit_scores.fit_score,
        fit_scores.fit_band,
        {{ quantised(between_limits('coalesce(person_sums.points, 0)', '0', '100')) }} as engagement_score
    from people_by_model
    left join person_sums
        on
            people_by_model.person_id = person_sums.person_id
            and people_by_model.scoring_model = person_sums.scoring_model
            and people_by_model.occurred_at = person_sums.occurred_at
    left join fit_scores
        on
            people_by_model.person_id = fit_scores.person_id
            and people_by_model.scoring_model = fit_scores.scoring_model
            and people_by_model.occurred_at >= fit_scores.valid_from
            and people_by_model.occurred_at < fit_scores.valid_until

)

select
    scored.person_id,
    scored.account_id,
    scored.occurred_at,
    scored.occurred_at_precision,
    scored.evidence,
    scored.scoring_model,
    scored.model_status,
    scored.fit_score,
    scored.fit_band,
    scored.engagement_score,
    score_bands.band as engagement_band,
    scored.fit_band || score_bands.band as grade
from scored
left join score_bands
    on
        scored.scoring_model = score_bands.scoring_model
        and scored.engagement_score >= score_bands.min_score
        and scored.engagement_score < score_bands.max_score
