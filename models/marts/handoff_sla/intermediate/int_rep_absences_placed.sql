-- Grain: rep x calendar of a clock of theirs that stands still while they are away x time away, as UTC instants.
-- Absences given by the day last from local midnight to local midnight; those that touch or overlap are one.
with

clocks as (

    select distinct
        rep_id,
        calendar_id
    from {{ ref('int_clocks_started') }}
    where pauses_out_of_office

),

absences as (

    select * from {{ ref('int_rep_absences_conformed') }}

),

calendars as (

    select * from {{ ref('stg_rules__calendars') }}

),

local_times as (

    select * from {{ ref('int_calendar_times_converted') }}

),

placed as (

    select
        clocks.rep_id,
        clocks.calendar_id,
        case
            when absences.absent_from_precision = 'day' then coalesce(days_from.instant, absences.absent_from)
            else absences.absent_from
        end as absent_from,
        case
            when absences.absent_until_precision = 'day' then coalesce(days_until.instant, absences.absent_until)
            else absences.absent_until
        end as absent_until
    from clocks
    inner join calendars
        on clocks.calendar_id = calendars.calendar_id
    inner join absences  -- each absence of the rep
        on clocks.rep_id = absences.rep_id
    left join local_times as days_from  -- a midnight beyond the days laid out is as good by UTC
        on
            calendars.time_zone = days_from.time_zone
            and absences.absent_from = days_from.local_time
    left join local_times as days_until
        on
            calendars.time_zone = days_until.time_zone
            and absences.absent_until = days_until.local_time

),

with_previous as (

    select
        *,
        max(absent_until) over (
            partition by rep_id, calendar_id
            order by absent_from, absent_until
            rows between unbounded preceding and 1 preceding
        ) as away_until
    from placed
    where absent_until > absent_from

),

islands as (

    select
        *,
        sum(case when away_until is null or absent_from > away_until then 1 else 0 end) over (
            partition by rep_id, calendar_id
            order by absent_from, absent_until
            rows between unbounded preceding and current row
        ) as island_number
    from with_previous

)

select
    rep_id,
    calendar_id,
    cast(island_number as bigint) as absence_number,
    min(absent_from) as absent_from,
    max(absent_until) as absent_until
from islands
group by rep_id, calendar_id, island_number
