{{ config(enabled=is_source_enabled('generic', 'status_changes')) }}

{{ stage_canonical('status_changes', key=['change_id'], required=['record_id', 'changed_at', 'new_status']) }}
