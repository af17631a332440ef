-- Grain: time zone x wall-clock time that calendars ask for (openings, closings, midnights), with its UTC instant.
-- In a gap of daylight saving the later instant, in an overlap the earlier: both are by the offset that held before the
-- change, so that one is tried first; engines differ in which of the two instants they answer.
with

calendar_days as (

    select * from {{ ref('int_calendar_days') }}

),

hours as (

    select * from {{ ref('int_calendar_hours') }}

),

wall_times as (

    select
        time_zone,
        opens_local as local_time
    from hours
    union
    select
        time_zone,
        closes_local as local_time
    from hours
    union
    select
        time_zone,
        cast(local_date as timestamp) as local_time
    from calendar_days

),

answers as (

    select
        time_zone,
        local_time,
        {{ zone_to_utc('local_time', 'time_zone') }} as answer
    from wall_times

),

days_before as (

    select
        *,
        {{ add_days('answer', '-1') }} as day_before,
        {{ utc_to_local(add_days('answer', '-1'), 'time_zone') }} as local_day_before
    from answers

),

tried as (

    select
        *,
        local_time - (local_day_before - day_before) as by_offset_before
    from days_before

)

select
    time_zone,
    local_time,
    case
        when {{ utc_to_local('by_offset_before', 'time_zone') }} = local_time then by_offset_before
        when {{ utc_to_local('answer', 'time_zone') }} = local_time then answer
        else by_offset_before
    end as instant
from tried
