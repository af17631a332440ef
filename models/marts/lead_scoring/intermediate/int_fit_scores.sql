{{ config(materialized='table') }}

with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}
    where rule_kind = 'fit'

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'fit'

),

group_sums as (

    select
        person_id,
        scoring_model,
        score_group,
        sum(points) as points
    from {{ ref('int_fit_points_awarded') }}
    group by person_id, scoring_model, score_group

),

group_scores as (

    select
        group_sums.person_id,
        group_sums.scoring_model,
        {{ between_limits('group_sums.points', 'score_groups.floor_points', 'score_groups.cap_points') }}
        - {{ between_limits('0', 'score_groups.floor_points', 'score_groups.cap_points') }} as points_gained
    from group_sums
    inner join score_groups
        on
            group_sums.scoring_model = score_groups.scoring_model
            and group_sums.score_group = score_groups.score_group

),

empty_scores as (  -- what a model gives to whom no rule speaks of: its groups' limits, held to nothing

    select
        scoring_model,
        sum({{ between_limits('0', 'floor_points', 'cap_points') }}) as points
    from score_groups
    group by scoring_model

),

person_sums as (

    select
        persons.person_id,
        scoring_models.scoring_model,
        coalesce(max(empty_scores.points), 0) + coalesce(sum(group_scores.points_gained), 0) as points
    from persons
    cross join scoring_models  -- everybody has a fit in every model, 0 where no rule speaks
    left join empty_scores
        on scoring_models.scoring_model = empty_scores.scoring_model
    left join group_scores
        on
            persons.person_id = group_scores.person_id
            and scoring_models.scoring_model = group_scores.scoring_model
    group by persons.person_id, scoring_models.scoring_model

),

scores as (

    select
        person_id,
        scoring_model,
        {{ quantised(between_limits('points', '-100', '100')) }} as fit_score
    from person_sums

),

banded as (

    select
        scores.person_id,
        scores.scoring_model,
        scores.fit_score,
        score_bands.band as fit_band
    from scores
    left join score_bands
        on
            scores.scoring_model = score_bands.scoring_model
            and scores.fit_score >= score_bands.min_score
            and scores.fit_score < score_bands.max_score

)

select * from banded
