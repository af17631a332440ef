-- Changes that a source tells one by one, and before the first of a record the status that it changed from.
with

staged as (

    {{ union_enabled('status_changes') }}

),

field_changes as (

    select * from {{ ref('int_field_changes_identified') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

changes as (

    select
        {{ key_of(['staged.source_system', 'staged.source_table', 'staged.change_id']) }} as change_key,
        staged.source_system,
        staged.change_id as source_change_id,
        staged.record_key,
        records.person_id,
        staged.changed_at,
        staged.changed_at_precision,
        staged.old_status,
        staged.new_status,
        staged.reason,
        staged.changed_by
    from staged
    inner join records
        on staged.record_key = records.record_key
    where
        staged.disposition = 'current'
        and staged.changed_at <= {{ as_of() }}

    union all

    select
        change_key,
        source_system,
        source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        old_value as old_status,
        new_value as new_status,
        cast(null as varchar) as reason,
        changed_by
    from field_changes
    where
        attribute = 'status'
        and changed_at <= {{ as_of() }}

),

changes_ranked as (

    select
        *,
        row_number() over (partition by record_key order by changed_at, change_key) as change_rank
    from changes

),

initial_statuses as (

    select
        {{ key_of(["'initial'", 'changes_ranked.record_key']) }} as change_key,
        changes_ranked.source_system,
        cast(null as varchar) as source_change_id,
        changes_ranked.record_key,
        changes_ranked.person_id,
        people.created_at as changed_at,
        people.created_at_precision as changed_at_precision,
        cast(null as varchar) as old_status,
        changes_ranked.old_status as new_status,
        cast(null as varchar) as reason,
        cast(null as varchar) as changed_by
    from changes_ranked
    inner join people
        on changes_ranked.record_key = people.record_key
    where
        changes_ranked.change_rank = 1
        and changes_ranked.old_status is not null
        and people.created_at <= changes_ranked.changed_at

),

history as (

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
        changed_by
    from changes

    union all

    select * from initial_statuses

)

select * from history
