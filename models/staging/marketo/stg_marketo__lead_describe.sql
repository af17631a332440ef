{{ config(enabled=is_source_enabled('marketo')) }}

{{ stage_as_declared('marketo', 'lead_describe', key=['id']) }}
