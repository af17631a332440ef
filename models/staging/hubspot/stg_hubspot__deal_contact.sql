{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'deal_contact',
    key=['deal_id', 'contact_id', "coalesce(type_id, '')"],
    of_record='contact_id',
) }}
