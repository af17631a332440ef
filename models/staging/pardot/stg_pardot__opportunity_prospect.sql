{{ config(enabled=is_source_enabled('pardot')) }}

{{ stage_as_declared(
    'pardot', 'opportunity_prospect',
    key=['opportunity_id', 'prospect_id'],
    changed_at='updated_at',
    of_record='prospect_id',
) }}
