with

score_rules as (

    select * from {{ ref('int_score_rules_listed') }}

)

select
    scoring_model,
    rule_id,
    rule_kind,
    score_group,
    signal_name,
    attribute,
    operator,
    value,
    points,
    decay,
    decay_days,
    look_back_days,
    daily_cap,
    half_life_days,
    floor_points,
    cap_points,
    reason
from score_rules
