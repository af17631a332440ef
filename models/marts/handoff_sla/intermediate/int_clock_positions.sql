{{ config(materialized='table') }}

-- Grain: clock. How many seconds its calendar had been open when it started and when it is read.
with

clocks as (

    select * from {{ ref('int_clocks_started') }}

),

day_sums as (

    select * from {{ ref('int_calendar_day_sums') }}

),

opening_sums as (

    select * from {{ ref('int_calendar_opening_sums') }}

),

moments as (

    select
        clock_id,
        calendar_id,
        started_at as moment,
        true as is_start
    from clocks
    union all
    select
        clock_id,
        calendar_id,
        case when read_at < started_at then started_at else read_at end as moment,
        false as is_start
    from clocks

),

positions as (

    select
        moments.clock_id,
        moments.is_start,
        day_sums.seconds_before
        + coalesce(cast(sum(
            case
                when moments.moment <= opening_sums.opens_at then 0
                when moments.moment >= opening_sums.closes_at
                    then opening_sums.seconds_after - opening_sums.seconds_before
                else {{ seconds_between('opening_sums.opens_at', 'moments.moment') }}
            end
        ) as bigint), 0) as position_seconds
    from moments
    inner join day_sums
        on
            moments.calendar_id = day_sums.calendar_id
            and cast(moments.moment as date) = day_sums.utc_date
    left join opening_sums  -- the few openings of that day
        on
            moments.calendar_id = opening_sums.calendar_id
            and cast(moments.moment as date) = opening_sums.utc_date
    group by moments.clock_id, moments.is_start, day_sums.seconds_before

)

select
    clock_id,
    max(case when is_start then position_seconds end) as start_seconds,
    max(case when not is_start then position_seconds end) as read_seconds
from positions
group by clock_id
