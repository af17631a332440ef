{{ config(materialized='table') }}

-- Grain: person x scoring model x instant of their own at which they qualify by it: they asked, their score is enough
-- where the person is the unit, or they take part in an account that had become ready before.
with

score_instants as (

    select * from {{ ref('int_score_instants_screened') }}

),

unit_rules as (

    select * from {{ ref('int_unit_rules_applied') }}

),

ready_intervals as (

    select * from {{ ref('int_account_ready_intervals') }}

),

judged as (

    select
        score_instants.*,
        ready_intervals.evidence,
        case
            when score_instants.is_hand_raise then 'hand_raise'
            when score_instants.meets_threshold and coalesce(unit_rules.unit, 'person') = 'person' then 'threshold'
            when
                ready_intervals.account_id is not null
                and {{ takes_part('unit_rules', 'score_instants.fit_band', 'score_instants.engagement_band') }}
                then 'account_ready'
        end as entry_reason
    from score_instants
    left join unit_rules  -- whoever has no account is asked as a person
        on
            score_instants.person_id = unit_rules.person_id
            and score_instants.occurred_at = unit_rules.occurred_at
    left join ready_intervals  -- at most one; in the second of becoming ready the account chooses one of its people
        on
            score_instants.account_id = ready_intervals.account_id
            and score_instants.occurred_at > ready_intervals.ready_from
            and score_instants.occurred_at < ready_intervals.ready_until

)

select
    person_id,
    scoring_model,
    model_status,
    occurred_at,
    occurred_at_precision,
    entry_reason,
    signal_id as entry_signal_id,
    case when entry_reason = 'account_ready' then evidence end as entry_evidence,
    fit_score,
    engagement_score,
    grade
from judged
where entry_reason is not null
