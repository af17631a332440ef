with

chosen as (

    select * from {{ ref('int_sent_back_actions_chosen') }}

),

limits as (

    select * from {{ ref('int_report_limits_pivoted') }}

)

select
    chosen.cell_value,
    chosen.reason,
    chosen.channel,
    chosen.campaign_id,
    chosen.segment,
    chosen.fired_rule_id,
    chosen.fired_rule_kind,
    chosen.rejected,
    chosen.rejected_before_acceptance,
    chosen.rejected_early,
    chosen.feedback_rule_id,
    chosen.judged_by,
    chosen.judged_value,
    chosen.min_mqls,
    chosen.min_share,
    chosen.proposed_change,
    chosen.change_text,
    limits.trend_min_mqls
from chosen
cross join limits  -- one row
