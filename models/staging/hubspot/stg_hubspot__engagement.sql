{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'engagement', key=['id'], changed_at='last_updated', is_deleted='not active') }}
