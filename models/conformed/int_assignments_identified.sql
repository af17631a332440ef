{{ config(materialized='table') }}

with

history as (

    select * from {{ ref('int_assignments_from_history') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

records_with_history as (

    select distinct record_key
    from history

),

standing_owners as (  -- an owner that stands there, of a record that never told a change: taken as its first

    select
        {{ key_of(["'current'", 'people.record_key']) }} as assignment_key,
        people.source_system,
        cast(null as varchar) as source_assignment_id,
        people.record_key,
        records.person_id,
        people.created_at as assigned_at,
        case when people.created_at is null then 'unknown' else people.created_at_precision end
            as assigned_at_precision,
        cast(null as varchar) as old_owner_id,
        people.owner_id as new_owner_id
    from people
    inner join records
        on people.record_key = records.record_key
    left join records_with_history
        on people.record_key = records_with_history.record_key
    where
        people.owner_id is not null
        and not people.is_merged
        and records_with_history.record_key is null

),

assignments as (

    select
        assignment_key,
        source_system,
        source_assignment_id,
        record_key,
        person_id,
        assigned_at,
        assigned_at_precision,
        old_owner_id,
        new_owner_id,
        'history' as assignment_source
    from history

    union all

    select
        assignment_key,
        source_system,
        source_assignment_id,
        record_key,
        person_id,
        assigned_at,
        assigned_at_precision,
        old_owner_id,
        new_owner_id,
        'current' as assignment_source
    from standing_owners

)

select * from assignments
