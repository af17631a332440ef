{{ config(materialized='table') }}

-- Grain: draft x active version x cycle that the draft would have opened. The cycle in fact that it meets: the one
-- opened at the same instant, else the first whose time overlaps. With it the outcome is known; without, only what
-- sales did of their own accord is.
with

draft_cycles as (

    select * from {{ ref('int_draft_cycles_walked') }}

),

candidates as (

    select * from {{ ref('int_draft_candidates_judged') }}

),

cycles as (

    select
        *,
        coalesce(closed_at, {{ open_end() }}) as ended_at
    from {{ ref('fct_mql_cycles') }}

),

judged as (

    select
        draft_cycles.draft_mql_id,
        draft_cycles.active_model,
        draft_cycles.cycle_number,
        candidates.*,
        coalesce(candidates.closed_at, {{ open_end() }}) as ended_at
    from draft_cycles
    inner join candidates
        on
            draft_cycles.scoring_model = candidates.scoring_model
            and draft_cycles.person_id = candidates.person_id
            and draft_cycles.opened_at = candidates.occurred_at

),

meetings_numbered as (

    select
        judged.draft_mql_id,
        cycles.*,
        row_number() over (
            partition by judged.draft_mql_id
            order by case when cycles.opened_at = judged.occurred_at then 0 else 1 end, cycles.cycle_number
        ) as meeting_number
    from judged
    inner join cycles  -- every cycle of the person in that time; the first is kept below
        on
            judged.joined_person_id = cycles.person_id
            and (
                cycles.opened_at = judged.occurred_at
                or (cycles.opened_at < judged.ended_at and judged.occurred_at < cycles.ended_at)
            )

),

met as (

    select * from meetings_numbered
    where meeting_number = 1

)

select
    judged.draft_mql_id,
    judged.scoring_model,
    judged.active_model,
    judged.joined_person_id as person_id,
    judged.cycle_number,
    judged.occurred_at as opened_at,
    judged.entry_reason,
    judged.fit_score,
    judged.engagement_score,
    judged.grade,
    judged.segment,
    judged.channel,
    judged.lead_source,
    met.mql_id,
    case
        when met.mql_id is not null then 'sent'
        when
            judged.accepted_at is not null
            or judged.meeting_held_at is not null
            or judged.outcome in ('won', 'lost', 'rejected', 'disqualified', 'recycled')
            then 'worked_anyway'
        else 'unknown'
    end as outcome_known_by,
    case when met.mql_id is null then judged.accepted_at else met.accepted_at end as accepted_at,
    case when met.mql_id is null then judged.meeting_held_at else met.meeting_held_at end as meeting_held_at,
    case when met.mql_id is null then judged.opportunity_id else met.opportunity_id end as opportunity_id,
    case when met.mql_id is null then judged.opportunity_created_at else met.opportunity_created_at end
        as opportunity_created_at,
    case when met.mql_id is null then judged.closed_at else met.closed_at end as closed_at,
    case when met.mql_id is null then judged.outcome else met.outcome end as outcome,
    case when met.mql_id is null then judged.acceptance_due_at else met.acceptance_due_at end as acceptance_due_at,
    case when met.mql_id is null then judged.mature_at else met.mature_at end as mature_at
from judged
left join met
    on judged.draft_mql_id = met.draft_mql_id
