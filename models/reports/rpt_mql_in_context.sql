with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

opportunities as (

    select * from {{ ref('fct_opportunities') }}
    where sourced_mql_id is not null

),

amounts_sourced as (

    select
        sourced_mql_id,
        sum(corporate_amount) as pipeline_amount,
        sum(case when is_won then corporate_amount end) as won_amount,
        sum(case when corporate_amount is null then 1 else 0 end) as without_amount
    from opportunities
    group by sourced_mql_id

),

cycles_dated as (

    select
        cycles.mql_id,
        cast({{ dbt.date_trunc('month', 'cycles.opened_at') }} as date) as cohort_month,
        coalesce(cycles.channel, 'unknown') as channel,
        coalesce(cycles.segment, 'unknown') as segment,
        coalesce(cycles.grade, 'none') as grade,
        coalesce(cycles.scoring_model, 'none') as scoring_model,
        cycles.accepted_at,
        cycles.meeting_held_at,
        cycles.opportunity_id,
        cycles.outcome,
        cycles.mature_at,
        amounts_sourced.pipeline_amount,
        amounts_sourced.won_amount,
        amounts_sourced.without_amount,
        case
            when cycles.accepted_at_precision = 'exact'
                then {{ seconds_between('cycles.opened_at', 'cycles.accepted_at') }} / 86400.0
        end as days_to_accept,
        case
            when cycles.accepted_at_precision = 'exact'
                then {{ seconds_between('cycles.accepted_at', 'cycles.meeting_held_at') }} / 86400.0
        end as days_accept_to_meeting,
        {{ seconds_between('cycles.meeting_held_at', 'cycles.opportunity_created_at') }} / 86400.0
            as days_meeting_to_opportunity,
        {{ seconds_between('cycles.opportunity_created_at', 'cycles.closed_at') }} / 86400.0
            as days_opportunity_to_close
    from cycles
    left join amounts_sourced
        on cycles.mql_id = amounts_sourced.sourced_mql_id

),

cohorts as (

    select
        cohort_month,
        channel,
        segment,
        grade,
        scoring_model,
        count(*) as mqls,
        count(accepted_at) as accepted,
        count(meeting_held_at) as meetings_held,
        count(opportunity_id) as opportunities,
        cast(coalesce(sum(pipeline_amount), 0) as numeric(18, 2)) as pipeline_amount,
        count(case when outcome = 'won' then mql_id end) as won,
        cast(coalesce(sum(won_amount), 0) as numeric(18, 2)) as won_amount,
        cast(coalesce(sum(without_amount), 0) as bigint) as opportunities_without_amount,
        count(case when outcome = 'lost' then mql_id end) as lost,
        count(case when outcome = 'rejected' then mql_id end) as rejected,
        count(case when outcome = 'disqualified' then mql_id end) as disqualified,
        count(case when outcome = 'recycled' then mql_id end) as recycled,
        count(case when outcome = 'expired' then mql_id end) as expired,
        count(case when outcome = 'merged' then mql_id end) as merged,
        count(case when outcome is null then mql_id end) as open,
        percentile_cont(0.5) within group (order by cast(days_to_accept as double)) as median_days_to_accept,
        percentile_cont(0.5) within group (order by cast(days_accept_to_meeting as double))
            as median_days_accept_to_meeting,
        percentile_cont(0.5) within group (order by cast(days_meeting_to_opportunity as double))
            as median_days_meeting_to_opportunity,
        percentile_cont(0.5) within group (
            order by cast(case when outcome = 'won' then days_opportunity_to_close end as double)
        ) as median_days_opportunity_to_win,
        max(mature_at) as mature_at
    from cycles_dated
    group by
        cohort_month,
        channel,
        segment,
        grade,
        scoring_model

),

final as (

    select
        *,
        coalesce(
            mature_at <= {{ as_of() }}
            and cast(cohort_month as timestamp) + interval '1 month' <= {{ as_of() }},
            false
        ) as is_mature
    from cohorts

)

select * from final
