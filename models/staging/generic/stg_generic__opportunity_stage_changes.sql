{{ config(enabled=is_source_enabled('generic', 'opportunity_stage_changes')) }}

{{ stage_canonical(
    'opportunity_stage_changes',
    key=['change_id'],
    required=['opportunity_id', 'changed_at', 'new_stage'],
) }}
