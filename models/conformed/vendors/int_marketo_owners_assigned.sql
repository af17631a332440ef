{{ config(enabled=is_source_enabled('marketo')) }}

-- Grain: change of a lead's owner, a Salesforce user: Marketo knows no other.
select
    source_system,
    source_table,
    row_key,
    disposition,
    row_key as assignment_id,
    record_key,
    record_id,
    changed_at as assigned_at,
    changed_at_precision as assigned_at_precision,
    {{ qualified_id('salesforce', 'old_value') }} as old_owner_id,
    {{ qualified_id('salesforce', 'new_value') }} as new_owner_id
from {{ ref('int_marketo_values_changed') }}
where attribute = 'owner'
