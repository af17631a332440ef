-- Grain: scoring model x rule. What earns points, in one row a reader can follow, with what limits and fades them.
with

score_rules as (

    select * from {{ ref('stg_rules__score_points') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}

)

select
    score_rules.scoring_model,
    score_rules.rule_id,
    score_rules.rule_kind,
    score_rules.score_group,
    score_rules.signal_name,
    score_rules.attribute,
    score_rules.operator,
    score_rules.value,
    score_rules.points,
    score_rules.decay,
    score_rules.decay_days,
    score_rules.look_back_days,
    score_rules.daily_cap,
    score_groups.half_life_days,
    score_groups.floor_points,
    score_groups.cap_points,
    score_rules.reason
from score_rules
left join score_groups
    on
        score_rules.scoring_model = score_groups.scoring_model
        and score_rules.score_group = score_groups.score_group
