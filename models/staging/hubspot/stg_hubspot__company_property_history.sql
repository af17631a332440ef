{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'company_property_history',
    key=['company_id', 'name', 'changed_at'],
    keeps_versions=true,
) }}
