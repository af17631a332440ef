{{ config(enabled=is_source_enabled('pardot')) }}

{{ stage_as_declared('pardot', 'list', key=['id'], changed_at='updated_at') }}
