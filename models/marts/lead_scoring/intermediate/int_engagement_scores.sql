with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

scoring_models as (

    select * from {{ ref('int_scoring_models_in_force') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}
    where rule_kind = 'engagement'

),

group_sums as (

    select
        person_id,
        scoring_model,
        score_group,
        sum(points * weight) as points
    from {{ ref('int_engagement_points_weighted') }}
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
        scoring_models.model_status,
        coalesce(max(empty_scores.points), 0) + coalesce(sum(group_scores.points_gained), 0) as points
    from persons
    cross join scoring_models  -- everybody has a score, 0 where nothing was done
    left join empty_scores
        on scoring_models.scoring_model = empty_scores.scoring_model
    left join group_scores
        on
            persons.person_id = group_scores.person_id
            and scoring_models.scoring_model = group_scores.scoring_model
    group by persons.person_id, scoring_models.scoring_model, scoring_models.model_status

)

select
    person_id,
    scoring_model,
    model_status,
    {{ quantised(between_limits('points', '0', '100')) }} as engagement_score
from person_sums
