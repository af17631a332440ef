{{ config(materialized='table') }}

-- Grain: clock that its policy lets stand still: how many of its business seconds it stood still, why, and how many
-- open seconds into its calendar its target is reached. Less the absences before them, the open seconds of a rep are a
-- calendar of their own; an absence counts if the target is not reached by what that calendar holds before it.
with

pauses as (

    select
        *,
        case
            when read_seconds <= counted_from_seconds then 0
            else
                (read_seconds - absent_seconds_at_reading)
                - (counted_from_seconds - absent_seconds_before)
        end as counted_seconds,
        counted_from_seconds - absent_seconds_before + target_seconds as needed_of_rep
    from {{ ref('int_clock_pauses') }}

),

absences as (

    select * from {{ ref('int_rep_absences_summed') }}

),

timeline as (

    select
        rep_id,
        calendar_id,
        start_seconds - absent_seconds_before + 1 as position_seconds,
        absence_number,
        cast(null as {{ dbt.type_string() }}) as clock_id
    from absences
    union all
    select
        rep_id,
        calendar_id,
        needed_of_rep as position_seconds,
        cast(null as bigint) as absence_number,
        clock_id
    from pauses

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

needed as (

    select
        pauses.*,
        pauses.needed_of_rep
        + coalesce(absences.absent_seconds_before + absences.end_seconds - absences.start_seconds, 0) as needed_seconds
    from pauses
    inner join looking_back
        on pauses.clock_id = looking_back.clock_id
    left join absences
        on
            looking_back.rep_id = absences.rep_id
            and looking_back.calendar_id = absences.calendar_id
            and looking_back.last_absence_number = absences.absence_number

)

select
    clock_id,
    read_seconds - start_seconds - counted_seconds as paused_seconds,
    needed_seconds,
    case
        when is_waiting and needed_seconds > counted_from_seconds + target_seconds then 'recycled|out_of_office'
        when is_waiting then 'recycled'
        when needed_seconds > start_seconds + target_seconds then 'out_of_office'
        when read_seconds - start_seconds > counted_seconds then 'out_of_office'
    end as pause_reasons
from needed
