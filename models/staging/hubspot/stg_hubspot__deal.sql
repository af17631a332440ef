{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'deal',
    key=['deal_id'],
    changed_at='hs_lastmodifieddate',
    is_deleted='is_deleted',
    notes={'closed_before_creation': 'hs_is_closed and closedate < createdate'},
) }}
