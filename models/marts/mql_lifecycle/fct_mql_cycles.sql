with

cycles as (

    select * from {{ ref('int_cycles_ended') }}

),

candidates as (

    select * from {{ ref('int_qualification_instants') }}

),

routes as (

    select * from {{ ref('int_cycle_routes_chosen') }}

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
    inner join {{ ref('int_meetings_held') }} as meetings_held
        on
            cycles.person_id = meetings_held.person_id
            and meetings_held.held_at >= cycles.opened_at
            and meetings_held.held_at <= coalesce(cycles.closed_at, {{ open_end() }})
            and meetings_held.held_at < cycles.next_opened_at
    group by cycles.mql_id

)

select
    cycles.mql_id,
    cycles.joined_person_id as person_id,
    cycles.earlier_person_id,
    cycles.cycle_number,
    cycles.next_opened_at = {{ open_end() }} as is_latest,
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
    cycles.accepted_at,
    acceptances.accepted_at_precision,
    case
        when cycles.accepted_at is null and cycles.outcome in ('rejected', 'disqualified', 'recycled')
            then cycles.closed_at
    end as rejected_at,
    meetings.meeting_held_at,
    cycles.opportunity_id,
    cycles.opportunity_created_at,
    cycles.closed_at,
    cycles.outcome,
    cycles.outcome_reason,
    cycles.quiet_until,
    cycles.hand_raise_join_hours,
    case
        when cycles.channel is null or cycles.channel = 'unknown' then coalesce(signals.channel, 'unknown')
        else cycles.channel
    end as channel,
    signals.campaign_id,
    cycles.segment,
    cycles.account_id,
    cycles.acceptance_due_at,
    cycles.mature_at
from cycles
inner join candidates
    on
        cycles.person_id = candidates.person_id
        and cycles.opened_at = candidates.occurred_at
left join routes
    on cycles.mql_id = routes.mql_id
left join meetings
    on cycles.mql_id = meetings.mql_id
left join signals
    on candidates.entry_signal_id = signals.signal_id
left join acceptances
    on
        cycles.person_id = acceptances.person_id
        and cycles.accepted_at = acceptances.accepted_at
