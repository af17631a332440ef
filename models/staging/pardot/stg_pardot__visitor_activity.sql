{{ config(enabled=is_source_enabled('pardot')) }}

{{ stage_as_declared(
    'pardot', 'visitor_activity',
    key=['id'],
    required=['type', 'created_at'],
    of_record='prospect_id',
) }}
