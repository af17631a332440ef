{{ config(materialized='table') }}

-- Grain: person x scoring model x instant of their own at which it may qualify them, with the score then: the version
-- in force then, and every draft. Nobody excluded, nobody whom sales has disqualified.
with

score_instants as (

    select * from {{ ref('fct_lead_score_instants') }}
    where '{{ var("mql_source") }}' in ('model', 'earliest')

),

earlier_persons as (

    select * from {{ ref('int_score_instants_as_known') }}

),

instants_as_known as (

    select
        score_instants.*,
        coalesce(earlier_persons.earlier_person_id, score_instants.person_id) as known_person_id,
        coalesce(earlier_persons.leading_person_id, score_instants.person_id) as leading_person_id
    from score_instants
    left join earlier_persons
        on
            score_instants.person_id = earlier_persons.person_id
            and score_instants.scoring_model = earlier_persons.scoring_model
            and score_instants.occurred_at = earlier_persons.occurred_at

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

disqualifications as (

    select * from {{ ref('int_disqualifications_told') }}

)

select
    instants_as_known.known_person_id as person_id,
    persons.account_id,
    instants_as_known.occurred_at,
    instants_as_known.occurred_at_precision,
    instants_as_known.signal_id,
    instants_as_known.is_hand_raise,
    instants_as_known.meets_threshold,
    instants_as_known.scoring_model,
    instants_as_known.model_status,
    instants_as_known.fit_score,
    instants_as_known.fit_band,
    instants_as_known.engagement_score,
    instants_as_known.engagement_band,
    instants_as_known.grade
from instants_as_known
inner join persons
    on instants_as_known.known_person_id = persons.person_id
left join disqualifications  -- at most one: what sales disqualified stays so until the CRM reopens it
    on
        instants_as_known.leading_person_id = disqualifications.person_id
        and instants_as_known.occurred_at > disqualifications.disqualified_from
        and instants_as_known.occurred_at < disqualifications.disqualified_until
where
    instants_as_known.fit_band <> 'X'
    and (instants_as_known.signal_id is not null or instants_as_known.is_attribute_change)
    and disqualifications.person_id is null
    -- a draft is tried on one walk a person: whom the person of then has joined leads no more
    and (instants_as_known.model_status = 'active' or instants_as_known.occurred_at < persons.leads_until)
