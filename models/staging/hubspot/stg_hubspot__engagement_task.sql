{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared(
    'hubspot', 'engagement_task',
    key=['engagement_id'],
    changed_at='hs_lastmodifieddate',
    notes={'completion_time_unknown': "upper(hs_task_status) = 'COMPLETED' and hs_task_completion_date is null"},
) }}
