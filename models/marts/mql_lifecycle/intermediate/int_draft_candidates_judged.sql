{{ config(materialized='table') }}

-- Grain: draft x person x instant at which a cycle might open under it. What the CRM knows of the time after it: that
-- is what became of them, whoever sent them, or although nobody did.
with

candidates as (

    select * from {{ ref('int_draft_candidates_completed') }}

),

ends as (

    select
        *,
        coalesce(closed_at, {{ open_end() }}) as ended_at
    from {{ ref('int_cycle_ends_decided') }}

),

meetings as (

    select
        person_id,
        held_at as moment,
        held_at
    from {{ ref('int_meetings_held') }}

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

timeline as (

    select
        person_id,
        occurred_at as moment,
        cast(null as timestamp) as held_at,
        true as is_candidate
    from {{ ref('int_cycle_candidates_unioned') }}
    union all
    select
        person_id,
        moment,
        held_at,
        false as is_candidate
    from meetings

),

looking_ahead as (

    select
        person_id,
        moment,
        is_candidate,
        min(held_at) over (
            partition by person_id
            order by moment
            range between current row and unbounded following
        ) as next_held_at
    from timeline

),

next_meetings as (

    select
        person_id,
        moment as occurred_at,
        next_held_at
    from looking_ahead
    where is_candidate

)

select
    candidates.scoring_model,
    candidates.person_id,
    persons.joined_person_id,
    candidates.occurred_at,
    candidates.entry_reason,
    candidates.is_hand_raise,
    candidates.fit_score,
    candidates.engagement_score,
    candidates.grade,
    persons.segment,
    persons.channel,
    persons.lead_source,
    case when ends.next_accepted_at <= ends.ended_at then ends.next_accepted_at end as accepted_at,
    case when next_meetings.next_held_at <= ends.ended_at then next_meetings.next_held_at end as meeting_held_at,
    case when ends.next_opportunity_at <= ends.ended_at then ends.opportunity_id end as opportunity_id,
    case when ends.next_opportunity_at <= ends.ended_at then ends.next_opportunity_at end as opportunity_created_at,
    ends.closed_at,
    ends.outcome,
    {{ quiet_until('ends') }} as quiet_until,
    {{ add_days('candidates.occurred_at', 'ends.expire_days') }} as acceptance_due_at,
    {{ add_days('candidates.occurred_at', 'ends.outcome_window_days') }} as mature_at
from candidates
inner join persons
    on candidates.person_id = persons.person_id
left join ends
    on
        candidates.person_id = ends.person_id
        and candidates.occurred_at = ends.occurred_at
left join next_meetings
    on
        candidates.person_id = next_meetings.person_id
        and candidates.occurred_at = next_meetings.occurred_at
