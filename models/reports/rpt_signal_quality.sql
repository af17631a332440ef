with

signals as (

    select
        *,
        cast(date_trunc('week', occurred_at) as date) as week_start,
        coalesce(dropped_reason, 'counted') as verdict
    from {{ ref('fct_signals') }}

),

models_that_decided as (

    select distinct scoring_model
    from {{ ref('fct_lead_score_instants') }}
    where model_status = 'active'

),

signals_capped as (

    select distinct score_points_dropped.signal_id
    from {{ ref('fct_score_points_dropped') }} as score_points_dropped
    inner join models_that_decided
        on score_points_dropped.scoring_model = models_that_decided.scoring_model

),

verdicts as (

    select
        signals.week_start,
        signals.signal_name,
        signals.verdict,
        count(*) as signals,
        count(distinct signals.person_id) as people,
        count(signals_capped.signal_id) as over_daily_cap
    from signals
    left join signals_capped
        on signals.signal_id = signals_capped.signal_id
    group by
        signals.week_start,
        signals.signal_name,
        signals.verdict

),

totals as (

    select
        week_start,
        signal_name,
        sum(signals) as signals
    from verdicts
    group by
        week_start,
        signal_name

),

final as (

    select
        verdicts.week_start,
        verdicts.signal_name,
        verdicts.verdict as dropped_reason,
        verdicts.signals,
        verdicts.people,
        cast(verdicts.signals as double) / cast(totals.signals as double) as share,
        verdicts.over_daily_cap
    from verdicts
    inner join totals
        on
            verdicts.week_start = totals.week_start
            and verdicts.signal_name = totals.signal_name

)

select * from final
