{{ config(materialized='table') }}

-- Grain: unit, as of the run. How far its buying committee has come, what is missing, and what to do next.
with

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}

),

walked as (

    select * from {{ ref('int_readiness_stages_walked') }}
    where valid_until = {{ open_end() }}

),

started as (

    select * from {{ ref('int_readiness_units_started') }}

),

checks_counted as (

    select * from {{ ref('int_readiness_checks_counted') }}

),

levels_named as (

    select * from {{ ref('int_readiness_levels_named') }}

),

last_engagements as (

    select
        unit_id,
        max(occurred_at) as last_engaged_at
    from {{ ref('int_readiness_engagements') }}
    where engaged_until > {{ as_of() }}
    group by unit_id

),

gaps as (

    select * from {{ ref('int_readiness_gaps_listed') }}

),

summarised as (

    select
        unit_facts.unit_id,
        unit_facts.unit_kind,
        unit_facts.head_account_id,
        unit_facts.member_count,
        unit_facts.segment,
        walked.readiness_stage,
        case when walked.valid_from < started.started_at then started.started_at else walked.valid_from end
            as stage_since,
        case
            when checks_counted.asked_count > 0
                then {{ quantised('cast(100 as double) * checks_counted.met_count / checks_counted.asked_count') }}
        end as readiness_score,
        {{ quantised('checks_counted.account_fit') }} as account_fit_score,
        levels_named.fit_level,
        {{ quantised('checks_counted.account_engagement') }} as account_engagement_score,
        coalesce(levels_named.engagement_level, 'none') as engagement_level,
        {{ quantised('checks_counted.surge') }} as surge_percent,
        coalesce(levels_named.momentum, 'too_early') as momentum,
        cast(checks_counted.engaged_people as bigint) as engaged_people_count,
        cast(checks_counted.engaged_functions as bigint) as engaged_functions_count,
        checks_counted.engaged_decision_makers > 0 as decision_maker_engaged,
        case
            when checks_counted.roles_covered >= checks_counted.roles_asked then cast(1 as double)
            when checks_counted.roles_asked > 0 then checks_counted.roles_covered / checks_counted.roles_asked
        end as committee_coverage,
        last_engagements.last_engaged_at,
        cast(checks_counted.high_intent_signals as bigint) as high_intent_count,
        case when walked.readiness_stage <> 'customer' then gaps.missing end as missing,
        case when walked.readiness_stage <> 'customer' then gaps.next_action end as next_action
    from unit_facts
    inner join walked
        on unit_facts.unit_id = walked.unit_id
    inner join started
        on unit_facts.unit_id = started.unit_id
    left join checks_counted
        on unit_facts.unit_id = checks_counted.unit_id
    left join levels_named
        on unit_facts.unit_id = levels_named.unit_id
    left join last_engagements
        on unit_facts.unit_id = last_engagements.unit_id
    left join gaps
        on unit_facts.unit_id = gaps.unit_id

)

select * from summarised
