{{ config(materialized='table') }}

-- Grain: calendar x UTC day x segment of it: from its midnight, then from each opening to the next one. Every instant
-- lies in exactly one, so a position is one join: the seconds open before it, and those since, up to what it holds.
with

calendar_days as (

    select
        calendar_id,
        local_date as utc_date
    from {{ ref('int_calendar_days') }}

),

opening_sums as (

    select * from {{ ref('int_calendar_opening_sums') }}

),

-- a zone ahead of or behind UTC opens on days before the first and after the last local one
midnights as (

    select
        calendar_id,
        utc_date,
        cast(utc_date as timestamp) as segment_from
    from calendar_days
    union
    select
        calendar_id,
        utc_date,
        cast(utc_date as timestamp) as segment_from
    from opening_sums

),

beginnings as (

    select
        calendar_id,
        utc_date,
        opens_at as segment_from,
        seconds_after - seconds_before as open_seconds
    from opening_sums
    union all
    select
        midnights.calendar_id,
        midnights.utc_date,
        midnights.segment_from,
        cast(0 as bigint) as open_seconds
    from midnights
    left join opening_sums
        on
            midnights.calendar_id = opening_sums.calendar_id
            and midnights.segment_from = opening_sums.opens_at
    where opening_sums.calendar_id is null

)

select
    calendar_id,
    utc_date,
    segment_from,
    lead(segment_from, 1, {{ open_end() }}) over (partition by calendar_id order by segment_from) as segment_until,
    open_seconds,
    cast(sum(open_seconds) over (
        partition by calendar_id
        order by segment_from
        rows between unbounded preceding and current row
    ) as bigint) - open_seconds as seconds_before
from beginnings
