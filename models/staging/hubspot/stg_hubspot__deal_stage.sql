{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'deal_stage', key=['deal_id', 'date_entered', 'value'], keeps_versions=true) }}
