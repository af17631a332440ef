with

drawn as (

    select
        *,
        {{ key_of(['week_start', 'stratum', 'subject_id']) }} as review_id
    from {{ ref('int_review_candidates_ranked') }}
    where draw_rank <= sample_size

),

signals_before as (

    select
        drawn.person_id,
        drawn.happened_at,
        count(distinct signals.signal_id) as signals_count,
        count(distinct case when signals.is_hand_raise then signals.signal_id end) as hand_raises_count,
        max(signals.occurred_at) as last_signal_at
    from drawn
    inner join {{ ref('fct_signals') }} as signals  -- what they had done by then
        on
            drawn.person_id = signals.person_id
            and signals.is_counted
            and signals.occurred_at <= drawn.happened_at
    group by drawn.person_id, drawn.happened_at

),

verdicts as (

    select
        review_id,
        count(*) as verdicts,
        count(case when verdict = 'agree' then 1 end) as agreed,
        count(case when verdict = 'disagree' then 1 end) as disagreed
    from {{ ref('int_review_verdicts_told') }}
    group by review_id

)

select
    drawn.review_id,
    drawn.week_start,
    drawn.stratum,
    drawn.stratum_order,
    drawn.draw_rank,
    drawn.candidates,
    drawn.question,
    drawn.handoff_id,
    drawn.mql_id,
    drawn.person_id,
    drawn.happened_at,
    coalesce(signals_before.signals_count, 0) as signals_count,
    coalesce(signals_before.hand_raises_count, 0) as hand_raises_count,
    signals_before.last_signal_at,
    coalesce(verdicts.verdicts, 0) as verdicts,
    coalesce(verdicts.agreed, 0) as agreed,
    coalesce(verdicts.disagreed, 0) as disagreed
from drawn
left join signals_before
    on
        drawn.person_id = signals_before.person_id
        and drawn.happened_at = signals_before.happened_at
left join verdicts
    on drawn.review_id = verdicts.review_id
