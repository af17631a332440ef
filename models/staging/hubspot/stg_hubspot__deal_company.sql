{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'deal_company', key=['deal_id', 'company_id', "coalesce(type_id, '')"]) }}
