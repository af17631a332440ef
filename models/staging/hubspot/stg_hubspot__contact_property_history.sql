{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'contact_property_history',
    key=['contact_id', 'name', 'changed_at'],
    of_record='contact_id',
    keeps_versions=true,
) }}
