{{ config(enabled=is_source_enabled('pardot')) }}

{{ stage_as_declared('pardot', 'opportunity', key=['id'], changed_at='updated_at') }}
