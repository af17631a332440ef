{{ config(enabled=is_source_enabled('marketo')) }}

{{ stage_as_declared(
    'marketo', 'activity_delete_lead',
    key=['id'],
    required=['activity_date'],
    of_record='lead_id',
) }}
