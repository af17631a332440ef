{{ config(enabled=is_source_enabled('marketo')) }}

-- Grain: change of a field of a lead that scores may read, under the contract's name.
select
    source_system,
    source_table,
    row_key,
    disposition,
    row_key as change_id,
    record_key,
    record_id,
    cast(null as varchar) as account_id,
    attribute,
    changed_at,
    changed_at_precision,
    old_value,
    new_value
from {{ ref('int_marketo_values_changed') }}
where attribute not in ('status', 'owner')
