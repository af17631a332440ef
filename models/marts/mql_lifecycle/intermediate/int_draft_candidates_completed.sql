{{ config(materialized='table') }}

-- Grain: draft x person x instant at which a cycle might open under it. Beside what the person did: the handovers of
-- ready accounts, as they were in fact, for they do not hang on one person's score.
with

candidates as (

    select * from {{ ref('int_draft_candidates_found') }}

),

cycles as (

    select * from {{ ref('int_cycles_walked') }}

),

qualification_instants as (

    select * from {{ ref('int_qualification_instants') }}
    where not is_own

),

scores_when_ready as (

    select * from {{ ref('int_ready_people_scored') }}
    where model_status = 'draft'

),

handovers as (

    select
        scores_when_ready.scoring_model,
        cycles.person_id,
        cycles.opened_at as occurred_at,
        qualification_instants.entry_reason,
        qualification_instants.is_hand_raise,
        scores_when_ready.fit_score,
        scores_when_ready.engagement_score,
        scores_when_ready.grade
    from cycles
    inner join qualification_instants
        on
            cycles.person_id = qualification_instants.person_id
            and cycles.opened_at = qualification_instants.occurred_at
    inner join scores_when_ready  -- each draft meets it
        on
            cycles.joined_person_id = scores_when_ready.person_id
            and cycles.opened_at = scores_when_ready.occurred_at
    left join candidates
        on
            scores_when_ready.scoring_model = candidates.scoring_model
            and cycles.person_id = candidates.person_id
            and cycles.opened_at = candidates.occurred_at
    where candidates.person_id is null  -- what they did themselves in that second comes first

)

select
    scoring_model,
    person_id,
    occurred_at,
    entry_reason,
    is_hand_raise,
    fit_score,
    engagement_score,
    grade
from candidates
union all
select
    scoring_model,
    person_id,
    occurred_at,
    entry_reason,
    is_hand_raise,
    fit_score,
    engagement_score,
    grade
from handovers
