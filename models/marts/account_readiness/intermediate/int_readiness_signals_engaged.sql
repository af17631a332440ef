-- Grain: counted signal x active scoring model that gives it points, and a row of each hand-raise. Engagement is what
-- the scoring rules in force call positive: a page that earns nobody points opens no account. A hand-raise counts for
-- ever, whatever it earns, also while no version is in force.
with

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted

),

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}
    where model_status = 'active'

),

score_points as (

    select * from {{ ref('fct_score_points') }}
    where
        signal_id is not null
        and points > 0

),

points_of_signals as (

    select
        score_points.signal_id,
        score_points.scoring_model,
        cast(sum(score_points.points) as double) as points,
        max(case when score_points.score_group = 'high_intent' then 1 else 0 end) as high_intent_flag
    from score_points
    group by score_points.signal_id, score_points.scoring_model

),

engaged_signals as (

    select
        signals.signal_id,
        signals.person_id,
        signals.occurred_at,
        case
            when signals.occurred_at < scoring_models.effective_from then scoring_models.effective_from
            else signals.occurred_at
        end as engaged_from,
        scoring_models.effective_until as engaged_until,
        points_of_signals.points,
        points_of_signals.high_intent_flag = 1 as is_high_intent
    from signals
    inner join points_of_signals  -- one row for each version under which it earns points
        on signals.signal_id = points_of_signals.signal_id
    inner join scoring_models
        on
            points_of_signals.scoring_model = scoring_models.scoring_model
            and signals.occurred_at < scoring_models.effective_until

    union all

    select
        signal_id,
        person_id,
        occurred_at,
        occurred_at as engaged_from,
        {{ open_end() }} as engaged_until,
        cast(0 as double) as points,
        true as is_high_intent
    from signals
    where is_hand_raise

)

select * from engaged_signals
