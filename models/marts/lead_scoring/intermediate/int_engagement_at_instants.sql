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

states as (

    select
        running.*,
        score_groups.floor_points,
        score_groups.cap_points,
        score_groups.half_life_days,
        cast({{ as_of() }} as date) as day_zero
    from running
    inner join score_groups
        on
            running.scoring_model = score_groups.scoring_model
            and running.score_group = score_groups.score_group
    where running.is_instant

),

person_sums as (

    select
        states.person_id,
        states.scoring_model,
        states.moment as occurred_at,
        sum({{ engagement_points_at('states', 'states.moment') }}) as points
    from states
    group by states.person_id, states.scoring_model, states.moment

)

select
    person_id,
    scoring_model,
    occurred_at,
    {{ quantised(between_limits('points', '0', '100')) }} as engagement_score
from person_sums
