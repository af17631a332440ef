{{ config(enabled=is_source_enabled('salesforce')) }}

select
    crm_id,
    next_action,
    action_reason,
    priority,
    due_at,
    due_clock,
    is_breached,
    open_breaches_count,
    grade,
    top_reasons,
    held_back_reason,
    owner_id,
    recommended_owner_id,
    recommended_owner_reason,
    person_id,
    mql_id
from {{ ref('export_crm_reminders') }}
where source_system = 'salesforce' and record_type = 'lead'
