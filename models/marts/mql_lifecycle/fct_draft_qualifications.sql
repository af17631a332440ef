with

candidates as (

    select * from {{ ref('int_draft_candidates_judged') }}

)

select
    scoring_model,
    person_id,
    occurred_at,
    entry_reason,
    is_hand_raise,
    fit_score,
    engagement_score,
    grade,
    segment,
    channel,
    lead_source,
    accepted_at,
    meeting_held_at,
    opportunity_id,
    opportunity_created_at,
    closed_at,
    outcome,
    quiet_until,
    acceptance_due_at,
    mature_at
from candidates
