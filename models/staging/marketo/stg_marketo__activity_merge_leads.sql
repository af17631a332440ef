{{ config(enabled=is_source_enabled('marketo')) }}

{{ stage_as_declared(
    'marketo', 'activity_merge_leads',
    key=['id'],
    required=['activity_date'],
    of_record='lead_id',
) }}
