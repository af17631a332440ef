-- Grain: person x scoring model x moment. Fit from then on: clamped by group and as a whole, quantised, with its band.
with

moments as (

    select * from {{ ref('int_fit_moments') }}

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
        moments.person_id,
        moments.moment,
        fit_points.scoring_model,
        fit_points.score_group,
        sum(fit_points.points) as points,
        min(case when fit_points.is_point_in_time or fit_points.points = 0 then 1 else 0 end) as are_points_in_time
    from moments
    inner join {{ ref('int_fit_points_dated') }} as fit_points  -- every rule that holds at the moment
        on
            moments.person_id = fit_points.person_id
            and moments.moment >= fit_points.valid_from
            and moments.moment < fit_points.valid_until
    group by moments.person_id, moments.moment, fit_points.scoring_model, fit_points.score_group

),

group_scores as (

    select
        group_sums.person_id,
        group_sums.moment,
        group_sums.scoring_model,
        group_sums.are_points_in_time,
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
        moments.person_id,
        moments.moment,
        scoring_models.scoring_model,
        coalesce(min(group_scores.are_points_in_time), 1) = 1 as is_point_in_time,
        coalesce(max(empty_scores.points), 0) + coalesce(sum(group_scores.points_gained), 0) as points
    from moments
    cross join scoring_models  -- everybody has a fit in every model, 0 where no rule speaks
    left join empty_scores
        on scoring_models.scoring_model = empty_scores.scoring_model
    left join group_scores
        on
            moments.person_id = group_scores.person_id
            and moments.moment = group_scores.moment
            and scoring_models.scoring_model = group_scores.scoring_model
    group by moments.person_id, moments.moment, scoring_models.scoring_model

),

scores as (

    select
        person_id,
        moment,
        scoring_model,
        is_point_in_time,
        {{ quantised(between_limits('points', '-100', '100')) }} as fit_score
    from person_sums

)

select
    scores.person_id,
    scores.moment,
    scores.scoring_model,
    scores.is_point_in_time,
    scores.fit_score,
    score_bands.band as fit_band
from scores
left join score_bands
    on
        scores.scoring_model = score_bands.scoring_model
        and scores.fit_score >= score_bands.min_score
        and scores.fit_score < score_bands.max_score
