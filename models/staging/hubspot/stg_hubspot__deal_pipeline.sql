{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'deal_pipeline', key=['pipeline_id'], changed_at='updated_at') }}
