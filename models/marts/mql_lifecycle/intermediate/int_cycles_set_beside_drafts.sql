-- Grain: draft x active version x cycle that opened in the version's window: would the draft have sent it as well?
with

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

cycles_met as (

    select distinct
        scoring_model,
        active_model,
        mql_id
    from {{ ref('int_draft_cycles_matched') }}
    where mql_id is not null

)

select
    drafts.scoring_model,
    actives.scoring_model as active_model,
    persons.lead_source,
    cycles.mql_id,
    cycles.person_id,
    cycles.opened_at,
    cycles.entry_reason,
    cycles.grade,
    cycles.segment,
    cycles.channel,
    cycles.accepted_at,
    cycles.meeting_held_at,
    cycles.opportunity_id,
    cycles.opportunity_created_at,
    cycles.closed_at,
    cycles.outcome,
    cycles.acceptance_due_at,
    cycles.mature_at,
    cycles_met.mql_id is not null as is_kept
from scoring_models as drafts
inner join scoring_models as actives  -- each draft beside each version
    on
        drafts.model_status = 'draft'
        and actives.model_status = 'active'
inner join cycles
    on {{ is_in_force('actives', 'cycles.opened_at') }}
inner join persons
    on cycles.person_id = persons.person_id
left join cycles_met
    on
        drafts.scoring_model = cycles_met.scoring_model
        and actives.scoring_model = cycles_met.active_model
        and cycles.mql_id = cycles_met.mql_id
