{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'engagement_deal', key=['engagement_id', 'deal_id', "coalesce(type_id, '')"]) }}
