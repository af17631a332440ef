-- Grain: clock that starts while its person waits for the wake-up of an earlier, recycled cycle, and stands still until
-- then because its policy says so. An instant beyond the calendars is never reached.
with

clocks as (

    select * from {{ ref('int_clocks_started') }}
    where pauses_recycled

),

recycled as (

    select * from {{ ref('fct_mql_cycles') }}
    where outcome = 'recycled'

),

segments as (

    select * from {{ ref('int_calendar_segments') }}

),

waiting as (

    select
        clocks.clock_id,
        clocks.calendar_id,
        max(recycled.quiet_until) as waits_until
    from clocks
    inner join recycled  -- of several waits the last one counts
        on
            clocks.person_id = recycled.person_id
            and clocks.started_at >= recycled.closed_at
            and clocks.started_at < recycled.quiet_until
    group by clocks.clock_id, clocks.calendar_id

)

select
    waiting.clock_id,
    waiting.waits_until,
    coalesce({{ open_seconds_at('segments', 'waiting.waits_until') }}, {{ never_reached_seconds() }})
        as wait_ends_seconds
from waiting
left join segments
    on {{ holds_moment('segments', 'waiting.calendar_id', 'waiting.waits_until') }}
