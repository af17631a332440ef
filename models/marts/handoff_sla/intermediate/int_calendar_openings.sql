-- Grain: calendar x opening, as UTC instants [opens_at, closes_at).
with

hours as (

    select * from {{ ref('int_calendar_hours') }}

),

converted as (

    select * from {{ ref('int_calendar_times_converted') }}

),

openings as (

    select
        hours.calendar_id,
        hours.local_date,
        opening_times.instant as opens_at,
        closing_times.instant as closes_at
    from hours
    inner join converted as opening_times
        on
            hours.time_zone = opening_times.time_zone
            and hours.opens_local = opening_times.local_time
    inner join converted as closing_times
        on
            hours.time_zone = closing_times.time_zone
            and hours.closes_local = closing_times.local_time

)

select * from openings
where closes_at > opens_at
