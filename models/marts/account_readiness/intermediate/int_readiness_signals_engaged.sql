{{ config(materialized='table') }}

-- Engagement is what the scoring rules call positive: a page that earns nobody points opens no account.
with

people as (

    select * from {{ ref('int_readiness_people') }}
    where not is_excluded

),

signals as (

    select * from {{ ref('fct_signals') }}
    where
        is_counted
        and occurred_at <= {{ as_of() }}

),

scoring_model as (

    select * from {{ ref('int_readiness_scoring_model_chosen') }}

),

score_points as (

    select * from {{ ref('fct_score_points') }}
    where
        signal_id is not null
        and points > 0

),

scored_signals as (

    select
        score_points.signal_id,
        max(case when score_points.score_group = 'high_intent' then 1 else 0 end) as high_intent_flag
    from score_points
    inner join scoring_model
        on score_points.scoring_model = scoring_model.scoring_model
    group by score_points.signal_id

),

engaged_signals as (

    select
        people.account_id,
        people.person_id,
        people.job_function,
        people.buying_role,
        signals.signal_id,
        signals.occurred_at,
        signals.is_hand_raise or coalesce(scored_signals.high_intent_flag, 0) = 1 as is_high_intent,
        {{ days_between("cast(signals.occurred_at as date)", "cast(" ~ as_of() ~ " as date)") }} as age_days
    from signals
    inner join people
        on signals.person_id = people.person_id
    left join scored_signals
        on signals.signal_id = scored_signals.signal_id
    where
        signals.is_hand_raise
        or scored_signals.signal_id is not null

)

select * from engaged_signals
