-- Grain: calendar x local day x opening, in the calendar's own wall-clock time. The weekly row in force that day, or
-- the day's own rows where it is a holiday or special day. What closes before it opens closes on the next day.
with

calendar_days as (

    select
        *,
        cast(extract(isodow from local_date) as integer) as iso_weekday
    from {{ ref('int_calendar_days') }}

),

business_hours as (

    select * from {{ ref('stg_rules__business_hours') }}

),

holidays as (

    select * from {{ ref('stg_rules__holidays') }}

),

special_days as (

    select distinct
        calendar_id,
        holiday_date
    from holidays

),

hours as (

    select
        calendar_days.calendar_id,
        calendar_days.time_zone,
        calendar_days.local_date,
        business_hours.opens_second,
        business_hours.closes_second
    from calendar_days
    inner join business_hours  -- one row an opening
        on
            calendar_days.calendar_id = business_hours.calendar_id
            and calendar_days.iso_weekday = business_hours.iso_weekday
            and calendar_days.local_date >= business_hours.effective_from
            and calendar_days.local_date < business_hours.effective_until
    left join special_days
        on
            calendar_days.calendar_id = special_days.calendar_id
            and calendar_days.local_date = special_days.holiday_date
    where special_days.calendar_id is null
    union all
    select
        calendar_days.calendar_id,
        calendar_days.time_zone,
        calendar_days.local_date,
        holidays.opens_second,
        holidays.closes_second
    from calendar_days
    inner join holidays
        on
            calendar_days.calendar_id = holidays.calendar_id
            and calendar_days.local_date = holidays.holiday_date
    where holidays.opens_second is not null

)

select
    calendar_id,
    time_zone,
    local_date,
    {{ add_seconds('cast(local_date as timestamp)', 'opens_second') }} as opens_local,
    {{ add_seconds(
        'cast(local_date as timestamp)',
        '(case when closes_second <= opens_second then closes_second + 86400 else closes_second end)'
    ) }} as closes_local
from hours
