{{ config(materialized='table') }}

-- Grain: person x scoring model x instant of their own at which it may qualify them, with the score then: the version
-- in force then, and every draft. Nobody excluded, nobody whom sales has disqualified.
with

score_instants as (

    select * from {{ ref('fct_lead_score_instants') }}
    where '{{ var("mql_source") }}' in ('model', 'earliest')

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

disqualifications as (

    select * from {{ ref('int_disqualifications_told') }}

)

select
    score_instants.person_id,
    persons.account_id,
    score_instants.occurred_at,
    score_instants.occurred_at_precision,
    score_instants.signal_id,
    score_instants.is_hand_raise,
    score_instants.meets_threshold,
    score_instants.scoring_model,
    score_instants.model_status,
    score_instants.fit_score,
    score_instants.fit_band,
    score_instants.engagement_score,
    score_instants.engagement_band,
    score_instants.grade
from score_instants
inner join persons
    on score_instants.person_id = persons.person_id
left join disqualifications  -- at most one: what sales disqualified stays so until the CRM reopens it
    on
        score_instants.person_id = disqualifications.person_id
        and score_instants.occurred_at > disqualifications.disqualified_from
        and score_instants.occurred_at < disqualifications.disqualified_until
where
    score_instants.fit_band <> 'X'
    and (score_instants.signal_id is not null or score_instants.is_attribute_change)
    and disqualifications.person_id is null
