{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'merged_deal', key=['deal_id', 'merged_deal_id']) }}
