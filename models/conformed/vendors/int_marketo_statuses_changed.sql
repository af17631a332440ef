{{ config(enabled=is_source_enabled('marketo')) }}

-- Grain: change of a lead's status.
select
    source_system,
    source_table,
    row_key,
    disposition,
    row_key as change_id,
    record_key,
    record_id,
    changed_at,
    changed_at_precision,
    old_value as old_status,
    new_value as new_status,
    cast(null as varchar) as reason,
    changed_by
from {{ ref('int_marketo_values_changed') }}
where
    attribute = 'status'
    and new_value is not null
