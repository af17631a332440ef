-- Grain: unit x stage that is a fact x instant at which it begins or ends: a customer since the first win, an
-- opportunity while one is open, a target that sales chose, and none since ever.
with

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}

),

units as (

    select * from {{ ref('int_readiness_units') }}

),

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}

),

open_opportunities as (

    select
        units.unit_id,
        coalesce(opportunities.created_at, cast('1900-01-01 00:00:00' as timestamp)) as opened_at,
        case when opportunities.is_closed then opportunities.closed_at end as closed_at
    from opportunities
    inner join units  -- a deal stands for its account and for its family
        on opportunities.account_id = units.account_id
    where  -- one that closed at an unknown time was never seen open
        not opportunities.is_closed
        or opportunities.closed_at is not null

),

opportunity_changes as (

    select
        unit_id,
        opened_at as moment,
        1 as opened_count
    from open_opportunities

    union all

    select
        unit_id,
        case when closed_at < opened_at then opened_at else closed_at end as moment,
        -1 as opened_count
    from open_opportunities
    where closed_at is not null

),

opportunity_changes_summed as (

    select
        unit_id,
        moment,
        sum(opened_count) as opened_count
    from opportunity_changes
    group by unit_id, moment

),

facts as (

    select
        unit_id,
        'none' as readiness_stage,
        cast('1900-01-01 00:00:00' as timestamp) as moment,
        1 as is_reached
    from unit_facts

    union all

    select
        unit_id,
        'target' as readiness_stage,
        cast('1900-01-01 00:00:00' as timestamp) as moment,
        1 as is_reached
    from unit_facts
    where is_target_account

    union all

    select
        unit_id,
        'opportunity' as readiness_stage,
        moment,
        case when sum(opened_count) over (partition by unit_id order by moment) > 0 then 1 else 0 end as is_reached
    from opportunity_changes_summed

    union all

    select
        unit_id,
        'customer' as readiness_stage,
        customer_since as moment,
        1 as is_reached
    from unit_facts
    where customer_since is not null

),

stages as (

    select distinct
        readiness_stage,
        stage_order
    from {{ ref('stg_rules__readiness_stages') }}

)

select
    facts.unit_id,
    facts.readiness_stage,
    stages.stage_order,
    facts.moment,
    facts.is_reached
from facts
inner join stages
    on facts.readiness_stage = stages.readiness_stage
where facts.moment <= {{ as_of() }}
