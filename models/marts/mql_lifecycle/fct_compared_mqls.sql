with

draft_cycles as (

    select * from {{ ref('int_draft_cycles_matched') }}

),

cycles as (

    select * from {{ ref('int_cycles_set_beside_drafts') }}

),

compared as (

    select
        scoring_model as draft_model,
        active_model,
        'draft' as side,
        draft_mql_id as cycle_key,
        case when mql_id is null then 'gained' else 'kept' end as member_of,
        mql_id,
        person_id,
        opened_at,
        entry_reason,
        grade,
        segment,
        channel,
        lead_source,
        outcome_known_by,
        accepted_at,
        meeting_held_at,
        opportunity_id,
        opportunity_created_at,
        closed_at,
        outcome,
        acceptance_due_at,
        mature_at
    from draft_cycles
    union all
    select
        scoring_model as draft_model,
        active_model,
        'active' as side,
        mql_id as cycle_key,
        case when is_kept then 'kept' else 'lost' end as member_of,
        mql_id,
        person_id,
        opened_at,
        entry_reason,
        grade,
        segment,
        channel,
        lead_source,
        'sent' as outcome_known_by,
        accepted_at,
        meeting_held_at,
        opportunity_id,
        opportunity_created_at,
        closed_at,
        outcome,
        acceptance_due_at,
        mature_at
    from cycles

)

select
    {{ key_of(['draft_model', 'active_model', 'side', 'cycle_key']) }} as compared_mql_id,
    draft_model,
    active_model,
    side,
    member_of,
    mql_id,
    person_id,
    opened_at,
    entry_reason,
    grade,
    segment,
    channel,
    lead_source,
    outcome_known_by,
    accepted_at,
    meeting_held_at,
    opportunity_id,
    opportunity_created_at,
    closed_at,
    outcome,
    acceptance_due_at,
    mature_at
from compared
