{{ config(materialized='table') }}

-- Grain: clock. How many seconds its calendar had been open when it started and when it is read.
with

clocks as (

    select * from {{ ref('int_clocks_started') }}

),

segments as (

    select * from {{ ref('int_calendar_segments') }}

),

moments as (

    select
        clock_id,
        calendar_id,
        started_at,
        target_seconds,
        case when read_at < started_at then started_at else read_at end as read_at
    from clocks

)

select
    moments.clock_id,
    moments.calendar_id,
    moments.started_at,
    moments.target_seconds,
    {{ open_seconds_at('segments_of_start', 'moments.started_at') }} as start_seconds,
    {{ open_seconds_at('segments_of_reading', 'moments.read_at') }} as read_seconds
from moments
inner join segments as segments_of_start  -- each instant lies in one segment
    on {{ holds_moment('segments_of_start', 'moments.calendar_id', 'moments.started_at') }}
inner join segments as segments_of_reading
    on {{ holds_moment('segments_of_reading', 'moments.calendar_id', 'moments.read_at') }}
