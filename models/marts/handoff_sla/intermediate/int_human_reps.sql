-- Grain: rep who is a human, with the instant until which they count as active. CRMs do not date a deactivation: who is
-- inactive now counts as active until the last touch they made, so that old clocks do not change when somebody leaves.
with

reps as (

    select * from {{ ref('int_reps_conformed') }}
    where not is_automation

),

calendars as (

    select * from {{ ref('stg_rules__calendars') }}

),

last_touches as (

    select
        rep_id,
        max(touched_at) as last_touched_at
    from {{ ref('int_touches_identified') }}
    where is_completed
    group by rep_id

)

select
    reps.rep_id,
    reps.team,
    calendars.calendar_id,  -- one that no rule knows is none: the team's or the policy's counts then
    case
        when reps.is_active then {{ open_end() }}
        else coalesce(last_touches.last_touched_at, cast('1900-01-01 00:00:00' as timestamp))
    end as active_until
from reps
left join calendars
    on reps.calendar_id = calendars.calendar_id
left join last_touches
    on reps.rep_id = last_touches.rep_id
