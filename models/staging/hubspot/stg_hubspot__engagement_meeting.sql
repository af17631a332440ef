{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'engagement_meeting',
    key=['engagement_id'],
    changed_at='hs_lastmodifieddate',
    notes={'ends_before_start': 'hs_meeting_end_time < hs_meeting_start_time'},
) }}
