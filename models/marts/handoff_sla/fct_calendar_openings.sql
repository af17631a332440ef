with

calendar_days as (

    select * from {{ ref('int_calendar_days') }}

),

openings as (

    select * from {{ ref('int_calendar_openings') }}

),

day_names as (

    select * from {{ ref('int_calendar_day_names') }}

)

select
    calendar_days.calendar_id,
    calendar_days.time_zone,
    calendar_days.local_date,
    cast(
        case
            when openings.opens_at is null then 0
            else row_number() over (
                partition by calendar_days.calendar_id, calendar_days.local_date
                order by openings.opens_at, openings.closes_at
            )
        end as bigint
    ) as opening_number,
    openings.opens_at,
    openings.closes_at,
    day_names.day_name
from calendar_days
left join openings  -- each opening of the day
    on
        calendar_days.calendar_id = openings.calendar_id
        and calendar_days.local_date = openings.local_date
left join day_names
    on
        calendar_days.calendar_id = day_names.calendar_id
        and calendar_days.local_date = day_names.local_date
