{{ config(enabled=is_source_enabled('generic', 'people')) }}

{{ stage_canonical(
    'people',
    key=['record_id'],
    changed_at='updated_at',
    is_merged='merged_into_id is not null',
    notes={'unknown_record_type': "coalesce(" ~ snake_case('record_type') ~ ", '') not in ('lead', 'contact')"},
) }}
