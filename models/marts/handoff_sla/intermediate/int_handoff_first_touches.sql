{{ config(materialized='table') }}

-- Grain: handoff. The first touch at or after it, the first known only by its day, the first meeting, and the counts.
with

touches as (

    select * from {{ ref('int_handoff_touches') }}

),

first_touches_numbered as (

    select
        handoff_id,
        touched_at,
        touch_type,
        rep_id,
        row_number() over (partition by handoff_id order by touched_at, touch_key) as touch_number
    from touches
    where stops_clock and is_exact and not is_before_handoff

),

first_touches as (

    select * from first_touches_numbered
    where touch_number = 1

),

counted as (

    select
        handoff_id,
        min(case when stops_clock and not is_exact and not is_before_handoff then cast(touched_at as date) end)
            as first_touch_date_without_time,
        min(case when is_meeting and is_exact and not is_before_handoff then touched_at end) as meeting_held_at,
        min(case when is_meeting and not is_exact and not is_before_handoff then cast(touched_at as date) end)
            as meeting_date_without_time,
        min(case when is_contact and is_exact and not is_before_handoff then touched_at end) as first_contact_at,
        max(case when stops_clock and not is_before_handoff then touched_at end) as last_touch_at,
        cast(count(case when is_contact and not is_before_handoff then 1 end) as bigint) as contact_count,
        cast(count(
            distinct case when stops_clock and not is_before_handoff then cast(touched_at as date) end
        ) as bigint) as touch_days_count,
        cast(count(case when stops_clock and not is_before_handoff then 1 end) as bigint) as touch_count,
        cast(count(case when stops_clock and is_before_handoff then 1 end) as bigint) as touches_before_count
    from touches
    group by handoff_id

)

select
    counted.handoff_id,
    first_touches.touched_at as first_touch_at,
    first_touches.touch_type as first_touch_type,
    first_touches.rep_id as first_touch_rep_id,
    counted.first_touch_date_without_time,
    counted.meeting_held_at,
    counted.meeting_date_without_time,
    counted.first_contact_at,
    counted.last_touch_at,
    counted.contact_count,
    counted.touch_days_count,
    counted.touch_count,
    counted.touches_before_count
from counted
left join first_touches
    on counted.handoff_id = first_touches.handoff_id
