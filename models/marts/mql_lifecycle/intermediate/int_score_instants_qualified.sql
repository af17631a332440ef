{{ config(materialized='table') }}

-- Grain: person x scoring model x instant at which they qualify by it: the version in force then, and every draft.
with

score_instants as (

    select * from {{ ref('fct_lead_score_instants') }}

),

crm_statuses as (

    select
        *,
        lag(status) over (partition by person_id order by change_number) as previous_status
    from {{ ref('int_crm_statuses_mapped') }}

),

statuses_left as (  -- a status told again is no other status

    select
        *,
        lead(changed_at) over (partition by person_id order by change_number) as left_at
    from crm_statuses
    where previous_status is null or previous_status <> status

),

disqualifications as (

    select
        person_id,
        changed_at as disqualified_from,
        coalesce(left_at, {{ open_end() }}) as disqualified_until
    from statuses_left
    where status = 'disqualified'

)

select
    score_instants.person_id,
    score_instants.scoring_model,
    score_instants.model_status,
    score_instants.occurred_at,
    score_instants.occurred_at_precision,
    case when score_instants.is_hand_raise then 'hand_raise' else 'threshold' end as entry_reason,
    score_instants.signal_id as entry_signal_id,
    score_instants.fit_score,
    score_instants.engagement_score,
    score_instants.grade
from score_instants
left join disqualifications  -- at most one: what sales disqualified stays so until the CRM reopens it
    on
        score_instants.person_id = disqualifications.person_id
        and score_instants.occurred_at > disqualifications.disqualified_from
        and score_instants.occurred_at < disqualifications.disqualified_until
where
    '{{ var("mql_source") }}' in ('model', 'earliest')
    and score_instants.fit_band <> 'X'
    and (score_instants.meets_threshold or score_instants.is_hand_raise)
    and score_instants.signal_id is not null
    and disqualifications.person_id is null
