{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('touches', key=['touch_id'], required=['touch_type']) }}
