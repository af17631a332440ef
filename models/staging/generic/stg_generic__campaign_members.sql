{{ config(enabled=is_source_enabled('generic', 'campaign_members')) }}

{{ stage_canonical('campaign_members', key=['campaign_id', 'record_id']) }}
