{{ config(enabled=is_source_enabled('pardot')) }}

{{ stage_as_declared(
    'pardot', 'prospect',
    key=['id'],
    changed_at='updated_at',
    is_deleted='is_deleted',
    of_record='id',
) }}
