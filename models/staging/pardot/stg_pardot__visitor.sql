{{ config(enabled=is_source_enabled('pardot')) }}

{{ stage_as_declared('pardot', 'visitor', key=['id'], changed_at='updated_at', of_record='prospect_id') }}
