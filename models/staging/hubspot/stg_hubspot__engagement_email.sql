{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'engagement_email', key=['engagement_id'], changed_at='hs_lastmodifieddate') }}
