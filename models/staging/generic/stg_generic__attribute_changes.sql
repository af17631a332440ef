{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('attribute_changes', key=['change_id'], required=['attribute', 'changed_at']) }}
