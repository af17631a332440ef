-- Grain: person x scoring model x instant with a signal that may qualify. The one that stands for it, a hand-raise
-- first. What earns nothing in the model, or counts against the person, qualifies nobody.
with

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted

),

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

positive_signals as (

    select distinct
        signal_id,
        scoring_model
    from {{ ref('int_engagement_points_awarded') }}
    where points > 0

),

qualifying_signals as (

    select
        signals.*,
        positive_signals.scoring_model
    from signals
    inner join positive_signals  -- one row for each model that gives it points
        on signals.signal_id = positive_signals.signal_id
    where not signals.is_hand_raise
    union all
    select
        signals.*,
        scoring_models.scoring_model
    from signals
    cross join scoring_models  -- whoever asks qualifies, whatever the points
    where signals.is_hand_raise

),

signals_numbered as (

    select
        person_id,
        scoring_model,
        occurred_at,
        signal_id,
        signal_name,
        is_hand_raise,
        occurred_at_precision,
        row_number() over (
            partition by person_id, scoring_model, occurred_at
            order by case when is_hand_raise then 0 else 1 end, signal_id
        ) as signal_number
    from qualifying_signals

)

select
    person_id,
    scoring_model,
    occurred_at,
    signal_id,
    signal_name,
    is_hand_raise,
    occurred_at_precision
from signals_numbered
where signal_number = 1
