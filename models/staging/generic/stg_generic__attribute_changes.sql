{{ config(enabled=is_source_enabled('generic', 'attribute_changes')) }}

{{ stage_canonical('attribute_changes', key=['change_id'], required=['attribute', 'changed_at']) }}
