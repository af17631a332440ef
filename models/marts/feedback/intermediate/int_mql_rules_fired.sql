-- Grain: cycle. The one rule that fired when it opened: of a request, the row that calls it one; of a threshold, the
-- scoring rule whose points reached it; else the routing row.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

signals as (

    select * from {{ ref('fct_signals') }}

),

points_ranked as (

    select
        cycles.mql_id,
        score_points.rule_id,
        row_number() over (
            partition by cycles.mql_id
            order by score_points.points desc, score_points.rule_id asc
        ) as points_rank
    from cycles
    inner join {{ ref('fct_score_points') }} as score_points  -- every rule that rewards the signal
        on
            cycles.entry_signal_id = score_points.signal_id
            and cycles.person_id = score_points.person_id
            and cycles.scoring_model = score_points.scoring_model
    where cycles.entry_reason = 'threshold'

),

first_points as (

    select * from points_ranked
    where points_rank = 1

)

select
    cycles.mql_id,
    case
        when cycles.entry_reason = 'hand_raise' and signals.signal_rule_id is not null then signals.signal_rule_id
        when first_points.rule_id is not null then first_points.rule_id
        else coalesce(cycles.routing_rule_id, 'none')
    end as fired_rule_id,
    case
        when cycles.entry_reason = 'hand_raise' and signals.signal_rule_id is not null then 'signal_rule'
        when first_points.rule_id is not null then 'score_rule'
        else 'routing_rule'
    end as fired_rule_kind
from cycles
left join signals
    on cycles.entry_signal_id = signals.signal_id
left join first_points
    on cycles.mql_id = first_points.mql_id
