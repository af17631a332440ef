{{ config(materialized='table') }}

-- Grain: rep x calendar x time away, in open seconds of the calendar: where it begins and ends, and how many the rep
-- was away before it. An absence that outlasts the calendars never ends.
with

absences as (

    select * from {{ ref('int_rep_absences_placed') }}

),

bounds as (

    select
        calendar_id,
        min(segment_from) as first_moment,
        max(segment_from) as last_moment
    from {{ ref('int_calendar_segments') }}
    group by calendar_id

),

segments as (

    select * from {{ ref('int_calendar_segments') }}

),

clipped as (

    select
        absences.rep_id,
        absences.calendar_id,
        absences.absence_number,
        absences.absent_until,
        case when absences.absent_from < bounds.first_moment then bounds.first_moment else absences.absent_from end
            as absent_from,
        absences.absent_until > bounds.last_moment as is_without_end
    from absences
    inner join bounds
        on absences.calendar_id = bounds.calendar_id
    where
        absences.absent_until > bounds.first_moment
        and absences.absent_from < bounds.last_moment

),

positions as (

    select
        clipped.rep_id,
        clipped.calendar_id,
        clipped.absence_number,
        {{ open_seconds_at('segments_of_start', 'clipped.absent_from') }} as start_seconds,
        case
            when clipped.is_without_end then {{ never_reached_seconds() }}
            else {{ open_seconds_at('segments_of_end', 'clipped.absent_until') }}
        end as end_seconds
    from clipped
    inner join segments as segments_of_start
        on {{ holds_moment('segments_of_start', 'clipped.calendar_id', 'clipped.absent_from') }}
    left join segments as segments_of_end
        on {{ holds_moment('segments_of_end', 'clipped.calendar_id', 'clipped.absent_until') }}

)

select
    rep_id,
    calendar_id,
    absence_number,
    start_seconds,
    end_seconds,
    coalesce(cast(sum(end_seconds - start_seconds) over (
        partition by rep_id, calendar_id
        order by absence_number
        rows between unbounded preceding and 1 preceding
    ) as bigint), 0) as absent_seconds_before
from positions
