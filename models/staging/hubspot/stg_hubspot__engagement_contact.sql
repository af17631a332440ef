{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'engagement_contact',
    key=['engagement_id', 'contact_id', "coalesce(type_id, '')"],
    of_record='contact_id',
) }}
