-- Grain: human rep x ISO week (UTC), from the first MQL to the run, with the calendar they work by: their own, else
-- their team's as the week begins, else the default one.
with

reps as (

    select * from {{ ref('int_reps_conformed') }}
    where not is_automation

),

weeks as (

    select distinct week_start
    from {{ ref('int_capacity_days_listed') }}

),

calendars as (

    select * from {{ ref('stg_rules__calendars') }}

),

team_calendars as (

    select * from {{ ref('stg_rules__team_calendars') }}

),

default_calendars as (

    select min(calendar_id) as calendar_id
    from calendars
    where is_default

)

select
    reps.rep_id,
    reps.team,
    weeks.week_start,
    coalesce(calendars.calendar_id, team_calendars.calendar_id, default_calendars.calendar_id) as calendar_id
from reps
cross join weeks  -- every rep has every week
cross join default_calendars  -- one row
left join calendars  -- one that no rule knows is none
    on reps.calendar_id = calendars.calendar_id
left join team_calendars
    on
        reps.team = team_calendars.team
        and {{ is_in_force('team_calendars', 'cast(weeks.week_start as timestamp)') }}
