{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'company', key=['id'], changed_at='hs_lastmodifieddate', is_deleted='is_deleted') }}
