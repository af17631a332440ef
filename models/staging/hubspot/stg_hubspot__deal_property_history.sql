{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'deal_property_history',
    key=['deal_id', 'name', 'changed_at'],
    keeps_versions=true,
) }}
