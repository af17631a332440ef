{{ config(enabled=is_source_enabled('marketo')) }}

{{ stage_as_declared(
    'marketo', 'activity_change_score',
    key=['id'],
    required=['activity_date'],
    of_record='lead_id',
) }}
