{{ config(enabled=is_source_enabled('marketo')) }}

{{ stage_as_declared(
    'marketo', 'program_membership',
    key=['program_id', 'lead_id'],
    changed_at='updated_at',
    of_record='lead_id',
) }}
