{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'deal_pipeline_stage', key=['stage_id'], changed_at='updated_at') }}
