-- How hard sales tried: attempts, contacts and meetings apart, who was never touched, and after how many touches and
-- days it gave up.
with

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

handoffs_judged as (

    select
        cast({{ dbt.date_trunc('week', 'handed_off_at') }} as date) as week_start,
        coalesce(team, 'unassigned') as team,
        coalesce(owner_id, 'unassigned') as rep_id,
        coalesce(priority, 'none') as priority,
        handoff_id,
        touch_count,
        contact_count,
        meeting_held_at,
        closed_at,
        given_up_at,
        is_given_up_early,
        routing_delay_seconds,
        rep_delay_seconds,
        case when given_up_at is not null then touch_count end as touches_given_up,
        case when given_up_at is not null then {{ seconds_between('handed_off_at', 'given_up_at') }} / 86400.0 end
            as days_given_up
    from handoffs

)

select
    week_start,
    team,
    rep_id,
    priority,
    count(*) as handoffs,
    count(case when touch_count = 0 then handoff_id end) as never_touched,
    count(case when touch_count = 0 and closed_at is null then handoff_id end) as never_touched_open,
    count(case when touch_count > 0 then handoff_id end) as attempted,
    count(case when contact_count > 0 then handoff_id end) as contacted,
    count(case when meeting_held_at is not null then handoff_id end) as met_in_person,
    count(given_up_at) as given_up,
    count(case when given_up_at is not null and touch_count = 0 then handoff_id end) as given_up_untouched,
    count(case when is_given_up_early then handoff_id end) as given_up_early,
    percentile_cont(0.5) within group (order by cast(touches_given_up as double)) as median_touches_given_up,
    percentile_cont(0.5) within group (order by cast(days_given_up as double)) as median_days_given_up,
    percentile_cont(0.5) within group (order by cast(routing_delay_seconds as double)) as median_routing_delay_seconds,
    percentile_cont(0.5) within group (order by cast(rep_delay_seconds as double)) as median_rep_delay_seconds
from handoffs_judged
group by
    week_start,
    team,
    rep_id,
    priority
