{{ config(materialized='table') }}

-- Grain: clock. The earliest instant at which the business seconds since its start reach the target. The question
-- "which opening holds that second" is put into the openings' own order, so no clock meets more than one opening.
with

clocks as (

    select
        clocks_started.clock_id,
        clocks_started.calendar_id,
        clocks_started.started_at,
        clocks_started.target_seconds,
        positions.start_seconds + clocks_started.target_seconds as needed_seconds
    from {{ ref('int_clocks_started') }} as clocks_started
    inner join {{ ref('int_clock_positions') }} as positions
        on clocks_started.clock_id = positions.clock_id

),

opening_sums as (

    select * from {{ ref('int_calendar_opening_sums') }}

),

timeline as (

    select
        calendar_id,
        seconds_after as position_seconds,
        seconds_after,
        cast(null as {{ dbt.type_string() }}) as clock_id
    from opening_sums
    union all
    select
        calendar_id,
        needed_seconds as position_seconds,
        cast(null as bigint) as seconds_after,
        clock_id
    from clocks

),

looking_ahead as (

    select
        clock_id,
        min(seconds_after) over (
            partition by calendar_id
            order by position_seconds
            range between current row and unbounded following
        ) as seconds_after
    from timeline

)

select
    clocks.clock_id,
    case
        when clocks.target_seconds <= 0 then clocks.started_at
        else {{ add_seconds('opening_sums.opens_at', '(clocks.needed_seconds - opening_sums.seconds_before)') }}
    end as due_at
from clocks
inner join looking_ahead
    on clocks.clock_id = looking_ahead.clock_id
left join opening_sums
    on
        clocks.calendar_id = opening_sums.calendar_id
        and looking_ahead.seconds_after = opening_sums.seconds_after
