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
        business_seconds,
        case
            when sla_status = 'excused' and coalesce(excused_reason, 'excused') <> 'time_unknown' then 'excused'
            when sla_status = 'excused' or is_time_unknown then 'time_unknown'
            when sla_status in ('open_on_track', 'open_at_risk') then 'open'
            else sla_status
        end as verdict
    from clocks

),

clocks_decided as (

    select
        *,
        case when verdict in ('met', 'met_late', 'closed_untouched', 'open_breached') then business_seconds end
            as decided_seconds
    from clocks_judged

),

weeks as (

    select
        week_start,
        team,
        rep_id,
        priority,
        clock,
        count(distinct handoff_id) as handoffs,
        count(*) as clocks,
        count(case when verdict = 'met' then clock_id end) as met,
        count(case when verdict = 'met_late' then clock_id end) as met_late,
        count(case when verdict = 'closed_untouched' then clock_id end) as closed_untouched,
        count(case when verdict = 'open_breached' then clock_id end) as open_breached,
        count(case when verdict = 'open' then clock_id end) as open,
        count(case when verdict = 'excused' then clock_id end) as excused,
        count(case when verdict = 'time_unknown' then clock_id end) as time_unknown,
        percentile_cont(0.5) within group (order by cast(decided_seconds as double)) as median_business_seconds,
        percentile_cont(0.9) within group (order by cast(decided_seconds as double)) as p90_business_seconds
    from clocks_decided
    group by
        week_start,
        team,
        rep_id,
        priority,
        clock

),

final as (

    select
        week_start,
        team,
        rep_id,
        priority,
        clock,
        handoffs,
        clocks,
        met,
        met_late,
        closed_untouched,
        open_breached,
        open,
        excused,
        time_unknown,
        case
            when met + met_late + closed_untouched + open_breached > 0
                then cast(met as double) / (met + met_late + closed_untouched + open_breached)
        end as compliance_rate,
        median_business_seconds,
        p90_business_seconds
    from weeks

)

select * from final
