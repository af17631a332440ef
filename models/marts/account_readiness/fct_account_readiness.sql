with

stages as (

    select * from {{ ref('int_readiness_stages_decided') }}

),

checks as (

    select * from {{ ref('int_readiness_checks_counted') }}

),

engagement as (

    select * from {{ ref('int_readiness_engagement_summed') }}

),

gaps as (

    select * from {{ ref('int_readiness_gaps_listed') }}

),

final as (

    select
        stages.account_id,
        stages.readiness_stage,
        case
            when checks.asked_count > 0
                then {{ quantised('cast(100 as double) * checks.met_count / checks.asked_count') }}
        end as readiness_score,
        {{ quantised('checks.account_fit') }} as account_fit_score,
        {{ quantised('cast(engagement.engagement as double)') }} as account_engagement_score,
        cast(checks.engaged_people as bigint) as engaged_people_count,
        cast(checks.engaged_functions as bigint) as engaged_functions_count,
        checks.engaged_decision_makers > 0 as decision_maker_engaged,
        case
            when checks.roles_covered >= checks.roles_asked then cast(1 as double)
            when checks.roles_asked > 0 then checks.roles_covered / checks.roles_asked
        end as committee_coverage,
        engagement.last_engaged_at,
        cast(checks.high_intent_signals as bigint) as high_intent_count,
        case when stages.readiness_stage <> 'customer' then gaps.missing end as missing,
        case when stages.readiness_stage <> 'customer' then gaps.next_action end as next_action,
        {{ as_of() }} as scored_as_of
    from stages
    inner join engagement
        on stages.account_id = engagement.account_id
    left join checks
        on stages.account_id = checks.account_id
    left join gaps
        on stages.account_id = gaps.account_id

)

select * from final
