{{ config(materialized='table') }}

-- Grain: unit x interval of its stage: the furthest stage reached, one at a time, from 1900-01-01 to the open end.
with

reached as (

    select * from {{ ref('int_readiness_stages_reached') }}

    union all

    select * from {{ ref('int_readiness_facts_reached') }}

),

turned as (  -- only where a stage begins or ceases to be reached

    select
        *,
        lag(is_reached, 1, 0) over (partition by unit_id, readiness_stage order by moment) as was_reached
    from reached

),

turns as (

    select
        unit_id,
        readiness_stage,
        stage_order,
        moment,
        is_reached
    from turned
    where is_reached <> was_reached

),

moments as (

    select distinct
        unit_id,
        moment
    from turns

),

unit_stages as (

    select distinct
        unit_id,
        readiness_stage,
        stage_order
    from turns

),

asked as (  -- at every turn of a unit each of its stages is asked whether it is reached

    select
        moments.unit_id,
        moments.moment,
        unit_stages.readiness_stage,
        unit_stages.stage_order,
        turns.is_reached
    from moments
    inner join unit_stages
        on moments.unit_id = unit_stages.unit_id
    left join turns
        on
            moments.unit_id = turns.unit_id
            and moments.moment = turns.moment
            and unit_stages.readiness_stage = turns.readiness_stage

),

numbered as (

    select
        *,
        sum(case when is_reached is not null then 1 else 0 end) over (
            partition by unit_id, readiness_stage
            order by moment
            rows between unbounded preceding and current row
        ) as turn_number
    from asked

),

carried as (

    select
        unit_id,
        moment,
        readiness_stage,
        stage_order,
        max(is_reached) over (partition by unit_id, readiness_stage, turn_number) as is_reached
    from numbered

),

ranked as (

    select
        unit_id,
        moment,
        readiness_stage,
        stage_order,
        row_number() over (partition by unit_id, moment order by stage_order desc, readiness_stage asc) as stage_rank
    from carried
    where is_reached = 1

),

furthest as (

    select
        unit_id,
        moment,
        readiness_stage,
        stage_order,
        lag(readiness_stage) over (partition by unit_id order by moment) as stage_before
    from ranked
    where stage_rank = 1

),

walked as (

    select
        unit_id,
        readiness_stage,
        stage_order,
        stage_before,
        moment as valid_from,
        lead(moment, 1, {{ open_end() }}) over (partition by unit_id order by moment) as valid_until
    from furthest
    where coalesce(stage_before <> readiness_stage, true)

)

select * from walked
