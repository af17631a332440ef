{{ config(materialized='table') }}

-- Grain: change of a record's status that a source tells itself, one by one, whatever the moment the run speaks for: a
-- later change says what the status still was.
with

staged as (

    {{ union_enabled('status_changes') }}

),

field_changes as (

    select * from {{ ref('int_field_changes_identified') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

told as (

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
    where staged.disposition = 'current'

    union all

    select
        change_key,
        source_system,
        source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        {{ without_address('old_value') }} as old_status,
        {{ without_address('new_value') }} as new_status,
        cast(null as {{ dbt.type_string() }}) as reason,
        changed_by
    from field_changes
    where attribute = 'status'

)

select * from told
