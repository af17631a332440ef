{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'contact_form_submission',
    key=['contact_id', "coalesce(conversion_id, '')", "coalesce(form_id, '')", 'submitted_at'],
    of_record='contact_id',
) }}
