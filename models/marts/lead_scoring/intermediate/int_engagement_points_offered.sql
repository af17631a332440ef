with

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted

),

signal_repeats as (

    select * from {{ ref('int_signal_repeats_numbered') }}

),

engagement_rules as (

    select * from {{ ref('stg_rules__score_points') }}
    where rule_kind = 'engagement'

),

points_offered as (

    select
        signals.person_id,
        signals.signal_id,
        signals.signal_name,
        signals.occurred_at,
        engagement_rules.scoring_model,
        engagement_rules.rule_id,
        engagement_rules.score_group,
        engagement_rules.points,
        engagement_rules.decay,
        engagement_rules.decay_days,
        engagement_rules.look_back_days,
        engagement_rules.daily_cap,
        engagement_rules.reason,
        cast(signals.occurred_at as date) as occurred_date,
        coalesce(signal_repeats.number_in_day, 1) as number_in_day
    from signals
    inner join engagement_rules  -- a signal may earn by several rules, in each scoring model
        on signals.signal_name = engagement_rules.signal_name
    left join signal_repeats
        on signals.signal_id = signal_repeats.signal_id

)

select
    *,
    coalesce(number_in_day > daily_cap, false) as is_over_daily_cap
from points_offered
