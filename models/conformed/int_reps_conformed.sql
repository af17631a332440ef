with

staged as (

    {{ union_enabled('reps') }}

),

assignments as (

    select * from {{ ref('int_assignments_identified') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

touches as (

    select * from {{ ref('int_touches_identified') }}

),

known_reps as (

    select
        rep_id,
        source_system,
        rep_name,
        coalesce(team, 'unknown') as team,
        role,
        manager_id,
        calendar_id,
        coalesce(is_active, true) as is_active,
        coalesce(is_automation, false) as is_automation,
        true as is_known
    from staged
    where disposition = 'current'

),

owners_seen as (

    select
        new_owner_id as rep_id,
        source_system
    from assignments

    union

    select
        old_owner_id as rep_id,
        source_system
    from assignments

    union

    select
        owner_id as rep_id,
        source_system
    from people

    union

    select
        rep_id,
        source_system
    from touches

),

unknown_owners as (  -- whoever owns or does something is a human of unknown team, a queue is nobody

    select
        owners_seen.rep_id,
        min(owners_seen.source_system) as source_system
    from owners_seen
    left join known_reps
        on owners_seen.rep_id = known_reps.rep_id
    where
        owners_seen.rep_id is not null
        and known_reps.rep_id is null
        and not {{ is_queue('owners_seen.source_system', 'owners_seen.rep_id') }}
    group by owners_seen.rep_id

),

conformed as (

    select * from known_reps

    union all

    select
        rep_id,
        source_system,
        cast(null as varchar) as rep_name,
        'unknown' as team,
        cast(null as varchar) as role,
        cast(null as varchar) as manager_id,
        cast(null as varchar) as calendar_id,
        true as is_active,
        false as is_automation,
        false as is_known
    from unknown_owners

)

select * from conformed
