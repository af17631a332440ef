-- Grain: unit x stage that asks for criteria x instant at which whether it is reached may change. It is reached while
-- something it asks for is met and nothing it asks for is missing or too early to say.
with

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}

),

stages as (

    select * from {{ ref('stg_rules__readiness_stages') }}
    where criterion is not null

),

standings as (

    select
        unit_id,
        criterion,
        valid_from,
        case when status = 'met' then 1 else 0 end as met,
        case when status in ('unmet', 'too_early') then 1 else 0 end as missing
    from checks

),

changes as (

    select
        unit_id,
        criterion,
        valid_from,
        met - lag(met, 1, 0) over (partition by unit_id, criterion order by valid_from) as met_change,
        missing - lag(missing, 1, 0) over (partition by unit_id, criterion order by valid_from) as missing_change
    from standings

),

changes_summed as (

    select
        changes.unit_id,
        stages.readiness_stage,
        stages.stage_order,
        changes.valid_from as moment,
        sum(changes.met_change) as met_change,
        sum(changes.missing_change) as missing_change
    from changes
    inner join stages  -- a criterion may be asked for by several stages
        on changes.criterion = stages.criterion
    where
        changes.met_change <> 0
        or changes.missing_change <> 0
    group by
        changes.unit_id,
        stages.readiness_stage,
        stages.stage_order,
        changes.valid_from

),

weighed as (

    select
        unit_id,
        readiness_stage,
        stage_order,
        moment,
        sum(met_change) over so_far as met_count,
        sum(missing_change) over so_far as missing_count
    from changes_summed
    window so_far as (
        partition by unit_id, readiness_stage
        order by moment
    )

)

select
    unit_id,
    readiness_stage,
    stage_order,
    moment,
    case when met_count > 0 and missing_count = 0 then 1 else 0 end as is_reached
from weighed
