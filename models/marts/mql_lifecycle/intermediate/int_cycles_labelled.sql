{{ config(materialized='table') }}

-- Grain: cycle with a score x label that it is old enough for. Whether it came to it in its time, with the score as it
-- stood when the cycle opened.
with

cycles as (

    select
        *,
        'sent' as outcome_known_by
    from {{ ref('fct_mql_cycles') }}
    where
        scoring_model is not null
        and grade is not null
        and coalesce(outcome <> 'merged', true)  -- their person is judged by the cycle that went on

),

fit_scores as (

    select * from {{ ref('fct_fit_scores') }}

),

scoring_models as (

    select * from {{ ref('dim_scoring_model') }}

),

labels as (

    select 'accepted' as label
    union all
    select 'meeting_held' as label
    union all
    select 'opportunity' as label
    union all
    select 'won' as label

),

judged as (

    select
        cycles.*,
        labels.label,
        {{ outcome_verdict('cycles', 'labels.label') }} as outcome_verdict,
        {{ days_between(
            'cast(cycles.opened_at as date)', 'cast(' ~ label_horizon('cycles', 'labels.label') ~ ' as date)'
        ) }} as horizon_days
    from cycles
    cross join labels  -- each is asked for each label

)

select
    judged.mql_id,
    judged.person_id,
    judged.scoring_model,
    judged.label,
    judged.opened_at,
    judged.fit_score,
    judged.engagement_score,
    judged.grade,
    judged.accepted_at,
    judged.meeting_held_at,
    judged.opportunity_id,
    judged.outcome,
    judged.horizon_days,
    judged.outcome_verdict = 'yes' as is_positive,
    coalesce(fit_scores.is_point_in_time, false) as is_fit_point_in_time,
    judged.opened_at >= scoring_models.held_out_from as is_out_of_time
from judged
inner join scoring_models
    on judged.scoring_model = scoring_models.scoring_model
left join fit_scores  -- the interval of the opening
    on
        judged.person_id = fit_scores.person_id
        and judged.scoring_model = fit_scores.scoring_model
        and judged.opened_at >= fit_scores.valid_from
        and judged.opened_at < fit_scores.valid_until
where judged.outcome_verdict <> 'too_early'
