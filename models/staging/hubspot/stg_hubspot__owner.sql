{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'owner', key=['owner_id'], changed_at='updated_at') }}
