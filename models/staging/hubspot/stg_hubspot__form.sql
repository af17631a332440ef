{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'form', key=['guid'], changed_at='updated_at') }}
