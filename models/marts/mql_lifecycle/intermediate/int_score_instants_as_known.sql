{{ config(materialized='table') }}

-- Grain: instant of a person's score x scoring model x who they were then, of persons whom a conversion or merge of
-- known instant joined; and who leads them then. A signal belongs to whose record gave it; what comes without one, to
-- the person they are now.
with

activities as (

    select * from {{ ref('int_activities_by_earlier_person') }}

),

records as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

signals as (

    select * from {{ ref('fct_signals') }}

),

persons_joined as (

    select distinct person_id
    from records

),

score_instants as (

    select score_instants_told.*
    from {{ ref('fct_lead_score_instants') }} as score_instants_told
    inner join persons_joined
        on score_instants_told.person_id = persons_joined.person_id

),

as_known as (

    select
        score_instants.person_id,
        score_instants.scoring_model,
        score_instants.occurred_at,
        activities.earlier_person_id
    from score_instants
    inner join signals
        on score_instants.signal_id = signals.signal_id
    inner join activities
        on
            signals.person_id = activities.person_id
            and signals.source_system = activities.source_system
            and signals.source_activity_id = activities.source_activity_id
            and signals.occurred_at = activities.occurred_at
    union all
    select
        score_instants.person_id,
        score_instants.scoring_model,
        score_instants.occurred_at,
        records.earlier_person_id
    from score_instants
    inner join records
        on
            score_instants.person_id = records.record_key
            and score_instants.occurred_at >= records.known_from
    where score_instants.signal_id is null

)

select
    as_known.person_id,
    as_known.scoring_model,
    as_known.occurred_at,
    as_known.earlier_person_id,
    leaders.earlier_person_id as leading_person_id
from as_known
inner join records as leaders  -- of all whom joins had made one by then, one leads
    on
        as_known.earlier_person_id = leaders.record_key
        and as_known.occurred_at >= leaders.known_from
        and as_known.occurred_at < leaders.leads_until
