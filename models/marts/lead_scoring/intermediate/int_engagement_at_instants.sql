{{ config(materialized='table') }}

with

deltas as (

    select * from {{ ref('int_engagement_deltas') }}

),

instants as (

    select * from {{ ref('int_scoring_instants') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}
    where rule_kind = 'engagement'

),

first_days as (

    select
        person_id,
        min(occurred_date) as first_date
    from {{ ref('int_engagement_points_awarded') }}
    group by person_id

),

timeline as (

    select
        person_id,
        scoring_model,
        score_group,
        moment,
        decayed_points,
        flat_points,
        points_lost_per_day,
        false as is_instant
    from deltas
    union all
    select
        instants.person_id,
        instants.scoring_model,
        score_groups.score_group,
        instants.occurred_at as moment,
        cast(0 as double) as decayed_points,
        cast(0 as double) as flat_points,
        cast(0 as double) as points_lost_per_day,
        true as is_instant
    from instants
    inner join score_groups  -- every instant is asked of every group of its scoring model
        on instants.scoring_model = score_groups.scoring_model

),

running as (

    select
        person_id,
        scoring_model,
        score_group,
        moment,
        is_instant,
        sum(decayed_points) over groups_so_far as decayed_points,
        sum(flat_points) over groups_so_far as flat_points,
        sum(points_lost_per_day) over groups_so_far as points_lost_per_day
    from timeline
    window groups_so_far as (  -- by range: what came in the same second counts together
        partition by person_id, scoring_model, score_group
        order by moment
        range between unbounded preceding and current row
    )

),

dated as (

    select
        running.*,
        score_groups.floor_points,
        score_groups.cap_points,
        score_groups.half_life_days,
        coalesce({{ days_between('first_days.first_date', 'cast(running.moment as date)') }}, 0) as day_number
    from running
    inner join score_groups
        on
            running.scoring_model = score_groups.scoring_model
            and running.score_group = score_groups.score_group
    left join first_days
        on running.person_id = first_days.person_id
    where running.is_instant

),

group_values as (

    select
        *,
        coalesce(decayed_points * power(cast(0.5 as double), day_number / half_life_days), 0)
        + flat_points
        - points_lost_per_day * day_number as points
    from dated

),

group_scores as (

    select
        person_id,
        scoring_model,
        moment as occurred_at,
        {{ between_limits('points', 'floor_points', 'cap_points') }} as points
    from group_values

),

person_sums as (

    select
        person_id,
        scoring_model,
        occurred_at,
        sum(points) as points
    from group_scores
    group by person_id, scoring_model, occurred_at

)

select
    person_id,
    scoring_model,
    occurred_at,
    {{ quantised(between_limits('points', '0', '100')) }} as engagement_score
from person_sums
