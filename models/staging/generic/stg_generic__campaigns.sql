{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('campaigns', key=['campaign_id']) }}
