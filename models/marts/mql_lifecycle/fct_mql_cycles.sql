with

cycles as (

    select * from {{ ref('int_cycles_walked') }}

),

candidates as (

    select * from {{ ref('int_qualification_instants') }}

),

ends as (

    select * from {{ ref('int_cycle_ends_decided') }}

),

routes as (

    select * from {{ ref('int_cycle_routes_chosen') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

signals as (

    select * from {{ ref('fct_signals') }}

),

acceptances as (

    select * from {{ ref('int_acceptances_known') }}

),

meetings as (

    select
        cycles.mql_id,
        min(meetings_held.held_at) as meeting_held_at
    from cycles
    inner join ends
        on
            cycles.person_id = ends.person_id
            and cycles.opened_at = ends.occurred_at
    inner join {{ ref('int_meetings_held') }} as meetings_held
        on
            cycles.person_id = meetings_held.person_id
            and meetings_held.held_at >= cycles.opened_at
            and meetings_held.held_at <= coalesce(ends.closed_at, {{ open_end() }})
            and meetings_held.held_at < cycles.next_opened_at
    group by cycles.mql_id

),

assembled as (

    select
        cycles.mql_id,
        cycles.person_id,
        cycles.cycle_number,
        cycles.opened_at,
        candidates.occurred_at_precision as opened_at_precision,
        candidates.entry_reason,
        candidates.entry_signal_id,
        candidates.entry_evidence,
        candidates.scoring_model,
        candidates.fit_score,
        candidates.engagement_score,
        candidates.grade,
        routes.rule_id as routing_rule_id,
        routes.next_action,
        routes.action_reason || coalesce(' (' || candidates.entry_evidence || ')', '') as action_reason,
        routes.opens_handoff,
        routes.priority,
        case when ends.next_accepted_at <= coalesce(ends.closed_at, {{ open_end() }}) then ends.next_accepted_at end
            as accepted_at,
        meetings.meeting_held_at,
        case when ends.next_opportunity_at <= coalesce(ends.closed_at, {{ open_end() }}) then ends.opportunity_id end
            as opportunity_id,
        case
            when ends.next_opportunity_at <= coalesce(ends.closed_at, {{ open_end() }}) then ends.next_opportunity_at
        end as opportunity_created_at,
        ends.closed_at,
        ends.outcome,
        ends.outcome_reason,
        {{ quiet_until('ends') }} as quiet_until,
        ends.hand_raise_join_hours,
        case
            when persons.channel is null or persons.channel = 'unknown' then coalesce(signals.channel, 'unknown')
            else persons.channel
        end as channel,
        signals.campaign_id,
        persons.segment,
        persons.account_id,
        {{ add_days('cycles.opened_at', 'ends.expire_days') }} as acceptance_due_at,
        {{ add_days('cycles.opened_at', 'ends.outcome_window_days') }} as mature_at
    from cycles
    inner join candidates
        on
            cycles.person_id = candidates.person_id
            and cycles.opened_at = candidates.occurred_at
    inner join ends
        on
            cycles.person_id = ends.person_id
            and cycles.opened_at = ends.occurred_at
    inner join persons
        on cycles.person_id = persons.person_id
    left join routes
        on cycles.mql_id = routes.mql_id
    left join meetings
        on cycles.mql_id = meetings.mql_id
    left join signals
        on candidates.entry_signal_id = signals.signal_id

)

select
    assembled.mql_id,
    assembled.person_id,
    assembled.cycle_number,
    assembled.opened_at,
    assembled.opened_at_precision,
    assembled.entry_reason,
    assembled.entry_signal_id,
    assembled.entry_evidence,
    assembled.scoring_model,
    assembled.fit_score,
    assembled.engagement_score,
    assembled.grade,
    assembled.routing_rule_id,
    assembled.next_action,
    assembled.action_reason,
    assembled.opens_handoff,
    assembled.priority,
    assembled.accepted_at,
    acceptances.accepted_at_precision,
    case
        when assembled.accepted_at is null and assembled.outcome in ('rejected', 'disqualified', 'recycled')
            then assembled.closed_at
    end as rejected_at,
    assembled.meeting_held_at,
    assembled.opportunity_id,
    assembled.opportunity_created_at,
    assembled.closed_at,
    assembled.outcome,
    assembled.outcome_reason,
    assembled.quiet_until,
    assembled.hand_raise_join_hours,
    assembled.channel,
    assembled.campaign_id,
    assembled.segment,
    assembled.account_id,
    assembled.acceptance_due_at,
    assembled.mature_at
from assembled
left join acceptances
    on
        assembled.person_id = acceptances.person_id
        and assembled.accepted_at = acceptances.accepted_at
