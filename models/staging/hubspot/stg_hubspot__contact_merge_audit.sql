{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'contact_merge_audit',
    key=['canonical_vid', 'vid_to_merge'],
    changed_at='merged_at',
    of_record='canonical_vid',
) }}
