{{ config(enabled=is_source_enabled('generic', 'campaigns')) }}

{{ stage_canonical('campaigns', key=['campaign_id']) }}
