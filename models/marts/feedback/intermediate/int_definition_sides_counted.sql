-- Grain: change of the definition x side x measure. Of how many, how many came to it; who has not had the time is too
-- early and in neither.
with

windows as (

    select * from {{ ref('int_definition_windows') }}

),

funnel as (

    select * from {{ ref('fct_mql_funnel') }}

),

deals as (

    select
        opportunities.opportunity_id,
        opportunities.created_at,
        credits.mql_id
    from {{ ref('int_opportunities_conformed') }} as opportunities
    left join {{ ref('int_opportunities_credited') }} as credits
        on opportunities.opportunity_id = credits.opportunity_id

),

mqls_counted as (

    select
        windows.scoring_model,
        windows.side,
        count(funnel.mql_id) as opened,
        count(case when funnel.is_judged then 1 end) as judged,
        count(case when funnel.is_judged then funnel.accepted_at end) as accepted
    from windows
    left join funnel
        on
            funnel.opened_at >= windows.side_from
            and funnel.opened_at < windows.side_until
    group by windows.scoring_model, windows.side

),

leads_counted as (

    select * from {{ ref('int_definition_leads_counted') }}

),

deals_counted as (

    select
        windows.scoring_model,
        windows.side,
        count(deals.opportunity_id) as created,
        count(deals.mql_id) as sourced
    from windows
    left join deals
        on
            deals.created_at >= windows.side_from
            and deals.created_at < windows.side_until
    group by windows.scoring_model, windows.side

),

measured as (

    select
        scoring_model,
        side,
        'volume' as measure,
        opened as successes,
        cast(null as bigint) as trials,
        0 as too_early
    from mqls_counted
    union all
    select
        scoring_model,
        side,
        'acceptance' as measure,
        accepted as successes,
        judged as trials,
        opened - judged as too_early
    from mqls_counted
    union all
    select
        scoring_model,
        side,
        'lead_to_meeting' as measure,
        met as successes,
        old_enough as trials,
        came - old_enough as too_early
    from leads_counted
    union all
    select
        scoring_model,
        side,
        'coverage' as measure,
        sourced as successes,
        created as trials,
        0 as too_early
    from deals_counted

)

select
    measured.*,
    windows.previous_model,
    windows.changed_at,
    windows.side_from,
    windows.side_until,
    windows.window_days,
    windows.is_over
from measured
inner join windows
    on
        measured.scoring_model = windows.scoring_model
        and measured.side = windows.side
