{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('people', key=['record_id'], changed_at='updated_at', is_merged='merged_into_id is not null') }}
