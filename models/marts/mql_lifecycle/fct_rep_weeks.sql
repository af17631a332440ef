with

rep_weeks as (

    select * from {{ ref('int_rep_weeks_measured') }}

)

select
    rep_id,
    week_start,
    team,
    capacity_rule_id,
    max_handoffs_per_week,
    days_open,
    days_absent,
    handoffs_workable
from rep_weeks
