{{ config(enabled=is_source_enabled('marketo')) }}

{{ stage_as_declared('marketo', 'campaign', key=['id'], changed_at='updated_at') }}
