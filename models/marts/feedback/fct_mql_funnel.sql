with

cycles as (

    select
        mql_cycles.*,
        mql_cycles.acceptance_due_at <= {{ as_of() }} as is_judged,
        coalesce(mql_cycles.outcome <> 'merged', true) as is_counted
    from {{ ref('fct_mql_cycles') }} as mql_cycles

),

counted_cycles as (  -- what came of a cycle that a merge ended counts once, with the one that went on

    select
        *,
        case when is_counted then accepted_at end as counted_accepted_at,
        case when is_counted then meeting_held_at end as counted_meeting_held_at
    from cycles

),

campaigns as (

    select * from {{ ref('int_mql_campaigns_found') }}

),

rules_fired as (

    select * from {{ ref('int_mql_rules_fired') }}

),

credits as (

    select * from {{ ref('int_opportunities_credited') }}

),

limits as (

    select * from {{ ref('int_report_limits_pivoted') }}

)

select
    cycles.mql_id,
    cycles.person_id,
    cycles.account_id,
    cycles.opened_at,
    cast({{ dbt.date_trunc('month', 'cycles.opened_at') }} as date) as cohort_month,
    coalesce(cycles.channel, 'unknown') as channel,
    coalesce(campaigns.campaign_id, 'none') as campaign_id,
    coalesce(cycles.segment, 'unknown') as segment,
    coalesce(cycles.grade, 'none') as grade,
    cycles.entry_reason,
    coalesce(cycles.scoring_model, 'none') as scoring_model,
    rules_fired.fired_rule_id,
    rules_fired.fired_rule_kind,
    cycles.counted_accepted_at as accepted_at,
    cycles.counted_meeting_held_at as meeting_held_at,
    case when cycles.is_counted or credits.mql_id is not null then cycles.opportunity_id end as opportunity_id,
    case when cycles.is_counted or credits.mql_id is not null then cycles.opportunity_created_at end
        as opportunity_created_at,
    cycles.closed_at,
    cycles.outcome,
    cycles.outcome_reason,
    credits.opportunity_id as credited_opportunity_id,
    credits.corporate_amount as pipeline_amount,
    case when credits.is_won then credits.corporate_amount end as won_amount,
    credits.opportunity_id is not null and credits.corporate_amount is null as is_amount_missing,
    case
        when cycles.accepted_at_precision = 'exact'
            then {{ seconds_between('cycles.opened_at', 'cycles.counted_accepted_at') }} / 86400.0
    end as days_to_accept,
    case
        when cycles.accepted_at_precision = 'exact'
            then {{ seconds_between('cycles.counted_accepted_at', 'cycles.counted_meeting_held_at') }} / 86400.0
    end as days_accept_to_meeting,
    {{ seconds_between('cycles.counted_meeting_held_at', 'cycles.opportunity_created_at') }} / 86400.0
        as days_meeting_to_opportunity,
    case
        when cycles.outcome = 'won'
            then {{ seconds_between('cycles.opportunity_created_at', 'cycles.closed_at') }} / 86400.0
    end as days_opportunity_to_win,
    case
        when cycles.outcome = 'won' then {{ seconds_between('cycles.opened_at', 'cycles.closed_at') }} / 86400.0
    end as days_to_win,
    cycles.acceptance_due_at,
    cycles.mature_at,
    coalesce(cycles.is_judged, false) as is_judged,
    coalesce(cycles.mature_at <= {{ as_of() }}, false) as is_mature,
    coalesce(cycles.outcome in ('rejected', 'disqualified', 'recycled'), false) as is_sent_back,
    case
        when not coalesce(cycles.is_judged, false) then 'too_early'
        when cycles.acceptance_due_at > {{ add_days(as_of(), '-limits.acceptance_trend_days') }} then 'recent'
        when cycles.acceptance_due_at > {{ add_days(as_of(), '-2 * limits.acceptance_trend_days') }} then 'previous'
        else 'earlier'
    end as trend_period
from counted_cycles as cycles
cross join limits  -- one row
inner join rules_fired
    on cycles.mql_id = rules_fired.mql_id
left join campaigns
    on cycles.mql_id = campaigns.mql_id
left join credits
    on cycles.mql_id = credits.mql_id
