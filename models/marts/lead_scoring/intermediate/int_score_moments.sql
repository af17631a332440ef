-- Grain: something that happens to a score: a signal comes in or is forgotten, an interval of fit begins, or somebody
-- speaks. What changes no engagement stands in no place (slot 0).
with

deltas as (

    select * from {{ ref('int_engagement_deltas') }}

),

groups_slotted as (

    select * from {{ ref('int_engagement_groups_slotted') }}

),

limits as (

    select * from {{ ref('int_engagement_limits_pivoted') }}

),

fit_scores as (

    select * from {{ ref('int_fit_scores_numbered') }}

),

told_instants as (

    select * from {{ ref('int_told_instants') }}

)

select
    deltas.person_id,
    deltas.scoring_model,
    deltas.moment,
    deltas.signal_id,
    cast(groups_slotted.slot_number as integer) as slot_number,
    cast(null as integer) as fit_number,
    deltas.decayed_points,
    deltas.flat_points,
    deltas.points_lost_per_day
from deltas
inner join groups_slotted
    on
        deltas.scoring_model = groups_slotted.scoring_model
        and deltas.score_group = groups_slotted.score_group
inner join limits
    on deltas.scoring_model = limits.scoring_model
where deltas.moment < limits.effective_until  -- what comes later is judged by another version
union all
select
    person_id,
    scoring_model,
    moment,
    cast(null as {{ dbt.type_string() }}) as signal_id,
    0 as slot_number,
    fit_number,
    cast(0 as double) as decayed_points,
    cast(0 as double) as flat_points,
    cast(0 as double) as points_lost_per_day
from fit_scores
union all
select
    told_instants.person_id,
    limits.scoring_model,
    told_instants.occurred_at as moment,
    cast(null as {{ dbt.type_string() }}) as signal_id,
    0 as slot_number,
    cast(null as integer) as fit_number,
    cast(0 as double) as decayed_points,
    cast(0 as double) as flat_points,
    cast(0 as double) as points_lost_per_day
from told_instants
inner join limits  -- every scoring model that is in force, and every draft, is asked
    on {{ is_in_force('limits', 'told_instants.occurred_at') }}
