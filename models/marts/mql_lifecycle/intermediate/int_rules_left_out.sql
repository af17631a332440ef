-- Grain: moment x scoring model x rule that has points there. Both scores as they are and as they would be without the
-- rule: its group is summed without it and held inside its limits again.
with

rule_points as (

    select * from {{ ref('int_rule_points_at_moments') }}

),

score_rules as (

    select * from {{ ref('dim_score_rule') }}

),

limited as (

    select
        rule_points.*,
        score_rules.rule_kind,
        score_rules.score_group,
        score_rules.floor_points,
        score_rules.cap_points,
        sum(rule_points.points) over in_group as group_points
    from rule_points
    inner join score_rules
        on
            rule_points.scoring_model = score_rules.scoring_model
            and rule_points.rule_id = score_rules.rule_id
    window in_group as (
        partition by
            rule_points.moment_kind,
            rule_points.moment_key,
            rule_points.scoring_model,
            score_rules.rule_kind,
            score_rules.score_group
    )

),

group_sums as (

    select distinct
        moment_kind,
        moment_key,
        scoring_model,
        rule_kind,
        score_group,
        {{ between_limits('group_points', 'floor_points', 'cap_points') }} as counted_points
    from limited

),

kind_sums as (

    select
        moment_kind,
        moment_key,
        scoring_model,
        sum(case when rule_kind = 'fit' then counted_points else 0 end) as fit_points,
        sum(case when rule_kind = 'engagement' then counted_points else 0 end) as engagement_points
    from group_sums
    group by moment_kind, moment_key, scoring_model

),

left_out as (

    select
        limited.*,
        kind_sums.fit_points,
        kind_sums.engagement_points,
        {{ between_limits('limited.group_points - limited.points', 'limited.floor_points', 'limited.cap_points') }}
        - {{ between_limits('limited.group_points', 'limited.floor_points', 'limited.cap_points') }} as change_points
    from limited
    inner join kind_sums
        on
            limited.moment_kind = kind_sums.moment_kind
            and limited.moment_key = kind_sums.moment_key
            and limited.scoring_model = kind_sums.scoring_model

),

without as (

    select
        *,
        fit_points + case when rule_kind = 'fit' then change_points else 0 end as fit_without,
        engagement_points + case when rule_kind = 'engagement' then change_points else 0 end as engagement_without
    from left_out

)

select
    moment_kind,
    moment_key,
    person_id,
    mql_id,
    scoring_model,
    rule_id,
    rule_kind,
    points,
    {{ quantised(between_limits('fit_points', '-100', '100')) }} as fit_score,
    {{ quantised(between_limits('engagement_points', '0', '100')) }} as engagement_score,
    {{ quantised(between_limits('fit_without', '-100', '100')) }} as fit_score_without,
    {{ quantised(between_limits('engagement_without', '0', '100')) }} as engagement_score_without
from without
