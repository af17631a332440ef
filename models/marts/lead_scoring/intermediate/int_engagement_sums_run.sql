-- Grain: change of a group's running sums, with the sums from then on and the moment of the next change.
with

deltas as (

    select * from {{ ref('int_engagement_deltas') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}

),

running as (

    select
        person_id,
        scoring_model,
        score_group,
        moment,
        lead(moment) over same_group as next_moment,
        sum(decayed_points) over same_group as decayed_points,
        sum(flat_points) over same_group as flat_points,
        sum(points_lost_per_day) over same_group as points_lost_per_day
    from deltas
    window same_group as (  -- by range: what came in the same second counts together
        partition by person_id, scoring_model, score_group
        order by moment
        range between unbounded preceding and current row
    )

)

select
    running.person_id,
    running.scoring_model,
    running.score_group,
    running.moment,
    running.next_moment,
    running.decayed_points,
    running.flat_points,
    running.points_lost_per_day,
    score_groups.floor_points,
    score_groups.cap_points,
    score_groups.half_life_days
from running
inner join score_groups
    on
        running.scoring_model = score_groups.scoring_model
        and running.score_group = score_groups.score_group
