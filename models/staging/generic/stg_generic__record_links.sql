{{ config(enabled=is_source_enabled('generic', 'record_links')) }}

{{ stage_canonical('record_links', key=['record_id', 'other_source_system', 'other_record_id']) }}
