-- The clocks of a week broken down by one thing at a time, where enough of them stand together for percentiles and
-- bounds to say something. Each breakdown holds every clock once: never sum over breakdowns.
with

clocks as (

    select * from {{ ref('fct_handoff_sla') }}

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

clocks_judged as (

    select
        clocks.clock_id,
        clocks.handoff_id,
        cast({{ dbt.date_trunc('week', 'clocks.started_at') }} as date) as week_start,
        clocks.team,
        clocks.rep_id,
        clocks.priority,
        clocks.clock,
        clocks.counted_seconds,
        handoffs.channel,
        {{ clock_verdict() }} as verdict
    from clocks
    inner join handoffs
        on clocks.handoff_id = handoffs.handoff_id

),

breakdowns as (

    select 'all' as breakdown
    union all
    select 'team' as breakdown
    union all
    select 'rep' as breakdown
    union all
    select 'source' as breakdown
    union all
    select 'priority' as breakdown

),

clocks_counted as (

    select
        breakdowns.breakdown,
        case breakdowns.breakdown
            when 'all' then 'all'
            when 'team' then coalesce(clocks_judged.team, 'unassigned')
            when 'rep' then coalesce(clocks_judged.rep_id, 'unassigned')
            when 'source' then coalesce(clocks_judged.channel, 'unknown')
            else coalesce(clocks_judged.priority, 'none')
        end as breakdown_value,
        clocks_judged.week_start,
        clocks_judged.clock,
        clocks_judged.clock_id,
        clocks_judged.handoff_id,
        clocks_judged.verdict,
        case
            when clocks_judged.verdict in ('met', 'met_late', 'closed_untouched', 'open_breached')
                then clocks_judged.counted_seconds
        end as judged_seconds
    from clocks_judged
    cross join breakdowns  -- a row a breakdown

)

select
    week_start,
    clock,
    breakdown,
    breakdown_value,
    {{ clock_counts() }}
from clocks_counted
group by
    week_start,
    clock,
    breakdown,
    breakdown_value
