{{ config(materialized='table') }}

-- Grain: clock. The earliest instant at which the seconds that it counts reach the target; the open end where
-- they do not within the days that calendars are laid out for.
with

clocks as (

    select
        positions.*,
        coalesce(pauses.needed_seconds, positions.start_seconds + positions.target_seconds) as needed_seconds
    from {{ ref('int_clock_positions') }} as positions
    left join {{ ref('int_clock_pauses_counted') }} as pauses  -- few clocks
        on positions.clock_id = pauses.clock_id

),

reaches as (

    select * from {{ ref('int_calendar_reaches') }}

)

select
    clocks.clock_id,
    case
        when clocks.target_seconds <= 0 then clocks.started_at
        when reaches.opens_at is null then {{ open_end() }}
        else {{ add_seconds('reaches.opens_at', '(clocks.needed_seconds - reaches.seconds_before)') }}
    end as due_at
from clocks
left join reaches  -- a position is reached in one time open
    on
        clocks.calendar_id = reaches.calendar_id
        and {{ position_slot('clocks.needed_seconds') }} = reaches.position_slot
        and clocks.needed_seconds > reaches.seconds_before
        and clocks.needed_seconds <= reaches.seconds_after
