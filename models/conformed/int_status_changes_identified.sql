{{ config(materialized='table') }}

with

history as (

    select * from {{ ref('int_status_changes_from_history') }}

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

told_conversions as (  -- history that says itself that the record was converted

    select distinct people.record_key
    from people
    inner join history
        on people.record_key = history.record_key
    where
        lower(history.new_status) like '%converted%'
        and lower(history.new_status) not like '%not converted%'

),

conversions as (

    select
        {{ key_of(["'conversion'", 'people.record_key']) }} as change_key,
        people.source_system,
        people.record_key,
        records.person_id,
        people.converted_at as changed_at,
        people.converted_at_precision as changed_at_precision,
        'Converted' as new_status,
        'conversion' as change_source
    from people
    inner join records
        on people.record_key = records.record_key
    left join told_conversions
        on people.record_key = told_conversions.record_key
    where
        people.converted_at is not null
        and told_conversions.record_key is null

),

standing_statuses as (  -- a status that stands there, of a record that never told a change

    select
        {{ key_of(["'current'", 'people.record_key']) }} as change_key,
        people.source_system,
        people.record_key,
        records.person_id,
        coalesce(people.updated_at, people.created_at) as changed_at,
        'unknown' as changed_at_precision,
        people.status as new_status,
        'current' as change_source
    from people
    inner join records
        on people.record_key = records.record_key
    left join records_with_history
        on people.record_key = records_with_history.record_key
    where
        people.status is not null
        and not people.is_merged
        and people.converted_at is null
        and records_with_history.record_key is null

),

changes as (

    select
        change_key,
        source_system,
        source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        old_status,
        new_status,
        reason,
        changed_by,
        'history' as change_source
    from history

    union all

    select
        change_key,
        source_system,
        cast(null as varchar) as source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        cast(null as varchar) as old_status,
        new_status,
        cast(null as varchar) as reason,
        cast(null as varchar) as changed_by,
        change_source
    from conversions

    union all

    select
        change_key,
        source_system,
        cast(null as varchar) as source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        cast(null as varchar) as old_status,
        new_status,
        cast(null as varchar) as reason,
        cast(null as varchar) as changed_by,
        change_source
    from standing_statuses

),

known as (

    select *
    from changes
    where
        changed_at is null
        or changed_at <= {{ as_of() }}

)

select * from known
