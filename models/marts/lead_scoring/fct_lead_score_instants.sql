with

graded as (

    select * from {{ ref('int_scoring_instants_graded') }}

),

instant_signals as (

    select * from {{ ref('int_instant_signals_chosen') }}

)

select
    graded.person_id,
    graded.scoring_model,
    graded.model_status,
    graded.occurred_at,
    coalesce(instant_signals.occurred_at_precision, graded.changed_at_precision) as occurred_at_precision,
    graded.fit_score,
    graded.fit_band,
    graded.engagement_score,
    graded.engagement_band,
    graded.grade,
    graded.meets_threshold,
    instant_signals.signal_id,
    instant_signals.signal_name,
    coalesce(instant_signals.is_hand_raise, false) as is_hand_raise,
    graded.is_attribute_change
from graded
left join instant_signals  -- an account becoming ready or a change of an attribute is an instant without a signal
    on
        graded.person_id = instant_signals.person_id
        and graded.scoring_model = instant_signals.scoring_model
        and graded.occurred_at = instant_signals.occurred_at
