-- Changes of owner that a source tells one by one, and before the first of a record the owner that it came from.
with

staged as (

    {{ union_enabled('assignments') }}

),

field_changes as (

    select * from {{ ref('int_field_changes_identified') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

changes as (

    select
        {{ key_of(['staged.source_system', 'staged.source_table', 'staged.assignment_id']) }} as assignment_key,
        staged.source_system,
        staged.assignment_id as source_assignment_id,
        staged.record_key,
        records.person_id,
        staged.assigned_at,
        staged.assigned_at_precision,
        staged.old_owner_id,
        staged.new_owner_id
    from staged
    inner join records
        on staged.record_key = records.record_key
    where
        staged.disposition = 'current'
        and staged.assigned_at <= {{ as_of() }}

    union all

    select
        change_key as assignment_key,
        source_system,
        source_change_id as source_assignment_id,
        record_key,
        person_id,
        changed_at as assigned_at,
        changed_at_precision as assigned_at_precision,
        {{ qualified_id('salesforce', 'old_value') }} as old_owner_id,
        {{ qualified_id('salesforce', 'new_value') }} as new_owner_id
    from field_changes
    where
        source_system = 'salesforce'
        and attribute = 'owner'
        and changed_at <= {{ as_of() }}
        -- Salesforce logs each change twice, by name and by id
        and {{ matches_pattern('new_value', "'^(005|00G)[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$'") }}

),

changes_ranked as (

    select
        *,
        row_number() over (partition by record_key order by assigned_at, assignment_key) as change_rank
    from changes

),

initial_owners as (

    select
        {{ key_of(["'initial'", 'changes_ranked.record_key']) }} as assignment_key,
        changes_ranked.source_system,
        cast(null as varchar) as source_assignment_id,
        changes_ranked.record_key,
        changes_ranked.person_id,
        people.created_at as assigned_at,
        people.created_at_precision as assigned_at_precision,
        cast(null as varchar) as old_owner_id,
        changes_ranked.old_owner_id as new_owner_id
    from changes_ranked
    inner join people
        on changes_ranked.record_key = people.record_key
    where
        changes_ranked.change_rank = 1
        and changes_ranked.old_owner_id is not null
        and people.created_at <= changes_ranked.assigned_at

),

history as (

    select
        assignment_key,
        source_system,
        source_assignment_id,
        record_key,
        person_id,
        assigned_at,
        assigned_at_precision,
        old_owner_id,
        new_owner_id
    from changes

    union all

    select * from initial_owners

)

select * from history
