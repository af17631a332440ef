-- MQLs against sales capacity: what each rep was handed in a week beside what they could work.
with

handoffs as (

    select
        *,
        cast({{ dbt.date_trunc('week', 'handed_off_at') }} as date) as week_start
    from {{ ref('fct_handoffs') }}

),

rep_weeks as (

    select * from {{ ref('fct_rep_weeks') }}

),

handed as (

    select
        week_start,
        coalesce(owner_id, 'unassigned') as rep_id,
        max(team) as team,
        cast(count(*) as bigint) as handoffs,
        cast(sum(case when priority = 'P1' then 1 else 0 end) as bigint) as urgent_handoffs,
        cast(
            sum(case when first_touch_at is not null or first_touch_date_without_time is not null then 1 else 0 end)
            as bigint
        ) as touched,
        cast(count(accepted_at) as bigint) as accepted
    from handoffs
    group by week_start, coalesce(owner_id, 'unassigned')

),

beside as (

    select
        coalesce(handed.week_start, rep_weeks.week_start) as week_start,
        coalesce(handed.rep_id, rep_weeks.rep_id) as rep_id,
        coalesce(rep_weeks.team, handed.team) as team,
        coalesce(handed.handoffs, 0) as handoffs,
        coalesce(handed.urgent_handoffs, 0) as urgent_handoffs,
        coalesce(handed.touched, 0) as touched,
        coalesce(handed.accepted, 0) as accepted,
        rep_weeks.max_handoffs_per_week,
        rep_weeks.days_absent,
        rep_weeks.handoffs_workable
    from handed
    full outer join rep_weeks
        on
            handed.week_start = rep_weeks.week_start
            and handed.rep_id = rep_weeks.rep_id

)

select
    week_start,
    team,
    rep_id,
    handoffs,
    urgent_handoffs,
    touched,
    accepted,
    max_handoffs_per_week,
    days_absent,
    handoffs_workable,
    {{ share_of('handoffs', 'handoffs_workable') }} as utilisation,
    case
        when rep_id = 'unassigned' then 'nobody'
        when handoffs_workable is null then 'unknown'
        when handoffs > handoffs_workable then 'over'
        when handoffs = handoffs_workable and handoffs > 0 then 'full'
        else 'room'
    end as verdict
from beside
