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

)

select
    cycles.mql_id,
    case
        when cycles.entry_reason = 'hand_raise' and signals.signal_rule_id is not null then signals.signal_rule_id
        when points_ranked.rule_id is not null then points_ranked.rule_id
        else coalesce(cycles.routing_rule_id, 'none')
    end as fired_rule_id,
    case
        when cycles.entry_reason = 'hand_raise' and signals.signal_rule_id is not null then 'signal_rule'
        when points_ranked.rule_id is not null then 'score_rule'
        else 'routing_rule'
    end as fired_rule_kind
from cycles
left join signals
    on cycles.entry_signal_id = signals.signal_id
left join points_ranked
    on
        cycles.mql_id = points_ranked.mql_id
        and points_ranked.points_rank = 1
