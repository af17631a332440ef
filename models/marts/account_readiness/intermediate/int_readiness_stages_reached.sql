-- A stage is reached when something it asks for is met and nothing it asks for is missing or too early to say.
with

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}

),

stages as (

    select * from {{ ref('stg_rules__readiness_stages') }}
    where criterion is not null

),

stages_weighed as (

    select
        checks.account_id,
        stages.readiness_stage,
        stages.stage_order,
        count(*) as asked_count,
        sum(case when checks.status = 'met' then 1 else 0 end) as met_count,
        sum(case when checks.status in ('unmet', 'too_early') then 1 else 0 end) as missing_count
    from checks
    inner join stages  -- a criterion may be asked for by several stages
        on checks.criterion = stages.criterion
    group by
        checks.account_id,
        stages.readiness_stage,
        stages.stage_order

),

stages_reached as (

    select
        account_id,
        readiness_stage,
        stage_order
    from stages_weighed
    where
        met_count > 0
        and missing_count = 0

)

select * from stages_reached
