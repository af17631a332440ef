{{ config(enabled=is_source_enabled('generic', 'touches')) }}

{{ stage_canonical('touches', key=['touch_id'], required=['touch_type']) }}
