-- Grain: scoring model x engagement group. The place of the group where a person's groups stand side by side.
select
    scoring_model,
    score_group,
    floor_points,
    cap_points,
    half_life_days,
    row_number() over (partition by scoring_model order by score_group) as slot_number
from {{ ref('stg_rules__score_groups') }}
where rule_kind = 'engagement'
