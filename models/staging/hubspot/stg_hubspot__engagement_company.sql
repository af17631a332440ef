{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'engagement_company', key=['engagement_id', 'company_id', "coalesce(type_id, '')"]) }}
