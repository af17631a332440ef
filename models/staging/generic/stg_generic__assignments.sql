{{ config(enabled=is_source_enabled('generic', 'assignments')) }}

{{ stage_canonical('assignments', key=['assignment_id'], required=['record_id', 'assigned_at']) }}
