{{ config(materialized='table') }}

-- Grain: calendar x UTC day, closed days included, with the seconds open before the day.
with

calendar_days as (

    select
        calendar_id,
        local_date as utc_date
    from {{ ref('int_calendar_days') }}

),

open_days as (

    select
        calendar_id,
        utc_date,
        max(seconds_after) as seconds_after
    from {{ ref('int_calendar_opening_sums') }}
    group by calendar_id, utc_date

),

-- a zone ahead of or behind UTC opens on days before the first and after the last local one
days as (

    select
        calendar_id,
        utc_date
    from calendar_days
    union
    select
        calendar_id,
        utc_date
    from open_days

)

select
    days.calendar_id,
    days.utc_date,
    coalesce(
        max(open_days.seconds_after) over (
            partition by days.calendar_id
            order by days.utc_date
            rows between unbounded preceding and 1 preceding
        ),
        0
    ) as seconds_before
from days
left join open_days
    on
        days.calendar_id = open_days.calendar_id
        and days.utc_date = open_days.utc_date
