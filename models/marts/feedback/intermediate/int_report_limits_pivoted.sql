-- Grain: one row. Every limit of the reports beside the others.
with

report_limits as (

    select * from {{ ref('stg_rules__report_limits') }}

)

select
    max(case when limit_name = 'acceptance_trend_days' then limit_value end) as acceptance_trend_days,
    max(case when limit_name = 'trend_min_mqls' then limit_value end) as trend_min_mqls,
    max(case when limit_name = 'definition_window_days' then limit_value end) as definition_window_days,
    max(case when limit_name = 'definition_min_count' then limit_value end) as definition_min_count,
    max(case when limit_name = 'lead_to_meeting_days' then limit_value end) as lead_to_meeting_days,
    max(case when limit_name = 'campaign_look_back_days' then limit_value end) as campaign_look_back_days,
    max(case when limit_name = 'nurture_gap_days' then limit_value end) as nurture_gap_days
from report_limits
