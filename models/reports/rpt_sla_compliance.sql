-- Every clock counts in one column: a verdict, still open, excused, or a touch known only by its day.
with

clocks as (

    select * from {{ ref('fct_handoff_sla') }}

),

clocks_judged as (

    select
        clock_id,
        handoff_id,
        cast({{ dbt.date_trunc('week', 'started_at') }} as date) as week_start,
        coalesce(team, 'unassigned') as team,
        coalesce(rep_id, 'unassigned') as rep_id,
        coalesce(priority, 'none') as priority,
        clock,
        counted_seconds,
        {{ clock_verdict() }} as verdict
    from clocks

),

clocks_counted as (

    select
        *,
        case when verdict in ('met', 'met_late', 'closed_untouched', 'open_breached') then counted_seconds end
            as judged_seconds
    from clocks_judged

)

select
    week_start,
    team,
    rep_id,
    priority,
    clock,
    {{ clock_counts() }}
from clocks_counted
group by
    week_start,
    team,
    rep_id,
    priority,
    clock
