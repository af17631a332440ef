{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'contact',
    key=['id'],
    changed_at='lastmodifieddate',
    is_deleted='is_deleted',
    of_record='id',
) }}
