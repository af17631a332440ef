{{ config(materialized='table') }}

-- Grain: calendar x UTC day x time open, with the seconds open before and after it since the calendar's first day.
with

pieces as (

    select
        *,
        {{ seconds_between('opens_at', 'closes_at') }} as open_seconds
    from {{ ref('int_calendar_pieces') }}

),

summed as (

    select
        calendar_id,
        utc_date,
        opens_at,
        closes_at,
        cast(sum(open_seconds) over (
            partition by calendar_id
            order by opens_at
            rows between unbounded preceding and current row
        ) as bigint) as seconds_after,
        open_seconds
    from pieces

)

select
    calendar_id,
    utc_date,
    opens_at,
    closes_at,
    seconds_after - open_seconds as seconds_before,
    seconds_after
from summed
