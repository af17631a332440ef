{{ config(materialized='table') }}

-- Grain: clock that its policy lets stand still at some time, with the open seconds from which it counts, and how long
-- its rep was away before that and before it is read. "The last absence begun" is asked in the absences' own order.
with

absences as (

    select * from {{ ref('int_rep_absences_summed') }}

),

reps_absent as (

    select distinct
        rep_id,
        calendar_id
    from absences

),

clocks as (

    select
        clocks_started.clock_id,
        clocks_started.calendar_id,
        reps_absent.rep_id,
        positions.target_seconds,
        positions.start_seconds,
        positions.read_seconds,
        coalesce(waits.wait_ends_seconds, positions.start_seconds) as counted_from_seconds,
        waits.clock_id is not null as is_waiting
    from {{ ref('int_clocks_started') }} as clocks_started
    inner join {{ ref('int_clock_positions') }} as positions
        on clocks_started.clock_id = positions.clock_id
    left join {{ ref('int_clock_waits') }} as waits
        on clocks_started.clock_id = waits.clock_id
    left join reps_absent
        on
            clocks_started.rep_id = reps_absent.rep_id
            and clocks_started.calendar_id = reps_absent.calendar_id
            and clocks_started.pauses_out_of_office
    where reps_absent.rep_id is not null or waits.clock_id is not null

),

timeline as (

    select
        rep_id,
        calendar_id,
        start_seconds as position_seconds,
        absence_number,
        cast(null as {{ dbt.type_string() }}) as clock_id,
        false as is_reading
    from absences
    union all
    select
        rep_id,
        calendar_id,
        counted_from_seconds as position_seconds,
        cast(null as bigint) as absence_number,
        clock_id,
        false as is_reading
    from clocks
    union all
    select
        rep_id,
        calendar_id,
        read_seconds as position_seconds,
        cast(null as bigint) as absence_number,
        clock_id,
        true as is_reading
    from clocks

),

looking_back as (

    select
        *,
        max(absence_number) over (
            partition by rep_id, calendar_id
            order by position_seconds
            range between unbounded preceding and current row
        ) as last_absence_number
    from timeline

),

absent as (

    select
        looking_back.clock_id,
        looking_back.is_reading,
        absences.absent_seconds_before + case
            when looking_back.position_seconds < absences.end_seconds then looking_back.position_seconds
            else absences.end_seconds
        end - absences.start_seconds as absent_seconds
    from looking_back
    inner join absences
        on
            looking_back.rep_id = absences.rep_id
            and looking_back.calendar_id = absences.calendar_id
            and looking_back.last_absence_number = absences.absence_number
    where looking_back.clock_id is not null

)

select
    clocks.clock_id,
    clocks.calendar_id,
    clocks.rep_id,
    clocks.target_seconds,
    clocks.start_seconds,
    clocks.read_seconds,
    clocks.counted_from_seconds,
    clocks.is_waiting,
    coalesce(absent_at_start.absent_seconds, 0) as absent_seconds_before,
    coalesce(absent_at_reading.absent_seconds, 0) as absent_seconds_at_reading
from clocks
left join absent as absent_at_start
    on
        clocks.clock_id = absent_at_start.clock_id
        and not absent_at_start.is_reading
left join absent as absent_at_reading
    on
        clocks.clock_id = absent_at_reading.clock_id
        and absent_at_reading.is_reading
