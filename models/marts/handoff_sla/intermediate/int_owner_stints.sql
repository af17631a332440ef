{{ config(materialized='table') }}

-- Grain: person x time that one human owned them. The latest assignment of any of a person's records wins.
with

earlier_persons as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

assignments_told as (

    select
        *,
        coalesce(assigned_at, {{ since_ever() }}) as owned_from
    from {{ ref('int_assignments_identified') }}

),

assignments as (

    select
        assignments_told.*,
        coalesce(earlier_persons.earlier_person_id, assignments_told.person_id) as known_person_id
    from assignments_told
    left join earlier_persons  -- whom the owner was given then
        on
            assignments_told.record_key = earlier_persons.record_key
            and assignments_told.owned_from >= earlier_persons.known_from

),

human_reps as (

    select * from {{ ref('int_human_reps') }}

),

assignments_numbered as (

    select
        known_person_id as person_id,
        new_owner_id as owner_id,
        owned_from,
        coalesce(assigned_at_precision, 'exact') <> 'day' as is_time_known,
        row_number() over (
            partition by known_person_id, owned_from
            -- of one second, what was changed wins over who merely stood there, and the source's last id over others
            order by
                case when source_assignment_id is null then 1 else 0 end,
                source_assignment_id desc,
                assignment_key desc
        ) as assignment_number
    from assignments

),

ordered as (

    select
        *,
        lag(owner_id) over (partition by person_id order by owned_from) as previous_owner_id,
        row_number() over (partition by person_id order by owned_from) as change_number
    from assignments_numbered
    where assignment_number = 1

),

changes as (  -- giving a person to their owner again changes nothing

    select *
    from ordered
    where
        change_number = 1
        or owner_id <> previous_owner_id
        or (owner_id is null) <> (previous_owner_id is null)

),

intervals as (

    select
        person_id,
        owner_id,
        is_time_known,
        owned_from,
        lead(owned_from, 1, {{ open_end() }}) over (partition by person_id order by owned_from) as owned_until
    from changes

)

select
    intervals.person_id,
    intervals.owner_id,
    human_reps.team,
    human_reps.calendar_id,
    human_reps.active_until,
    intervals.is_time_known,
    intervals.owned_from,
    intervals.owned_until
from intervals
inner join human_reps  -- queues and automation own nothing that a clock could run on
    on intervals.owner_id = human_reps.rep_id
