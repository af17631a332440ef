{{ config(materialized='table') }}

-- Grain: clock that a policy sets a target for: when it starts and stops, until when it is judged, and by which
-- calendar.
with

clocks as (

    select * from {{ ref('int_clocks_of_handoffs') }}
    union all
    select * from {{ ref('int_clocks_of_owners') }}

),

evidence as (

    select * from {{ ref('int_evidence_available') }}

),

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

policies as (

    select * from {{ ref('int_handoff_policies_applied') }}

),

human_reps as (

    select * from {{ ref('int_human_reps') }}

),

team_calendars as (

    select * from {{ ref('stg_rules__team_calendars') }}

),

assembled as (

    select
        {{ key_of(['clocks.handoff_id', 'clocks.clock', 'clocks.sequence']) }} as clock_id,
        case
            when clocks.sequence > 1
                then {{ key_of(['clocks.handoff_id', 'clocks.clock', 'clocks.sequence - 1']) }}
        end as parent_clock_id,
        clocks.handoff_id,
        handoffs.mql_id,
        handoffs.person_id,
        clocks.clock,
        clocks.sequence,
        clocks.owner_id as rep_id,
        coalesce(human_reps.team, 'unassigned') as team,
        clocks.started_at,
        clocks.stopped_at,
        clocks.stop_date_without_time,
        clocks.reassigned_at,
        handoffs.closed_at,
        handoffs.outcome,
        handoffs.outcome_reason,
        clocks.owner_id is not null as has_owner,
        policies.policy_id,
        policies.target_seconds,
        policies.at_risk_share,
        policies.pauses_out_of_office,
        policies.pauses_recycled,
        case when clocks.has_owner_at_start then coalesce(human_reps.calendar_id, team_calendars.calendar_id) end
            as owner_calendar_id,
        case
            when not clocks.has_owner_at_start then 'policy'
            when human_reps.calendar_id is not null then 'rep'
            when team_calendars.calendar_id is not null then 'team'
            else 'policy'
        end as calendar_source,
        policies.policy_calendar_id,
        -- the instant at which the clock is read: its stop, else its end, else the run's moment
        coalesce(
            clocks.stopped_at,
            case
                when clocks.reassigned_at < coalesce(handoffs.closed_at, {{ open_end() }}) then clocks.reassigned_at
                else handoffs.closed_at
            end,
            {{ as_of() }}
        ) as read_at
    from clocks
    inner join handoffs
        on clocks.handoff_id = handoffs.handoff_id
    inner join policies  -- no target, no clock
        on
            clocks.handoff_id = policies.handoff_id
            and clocks.clock = policies.clock
    left join human_reps
        on clocks.owner_id = human_reps.rep_id
    left join team_calendars
        on
            human_reps.team = team_calendars.team
            and {{ is_in_force('team_calendars', 'clocks.started_at') }}
    cross join evidence  -- one row: a clock that no source could stop is no clock, and nobody's breach
    where
        case clocks.clock
            when 'assignment' then evidence.has_owners
            when 'acceptance' then evidence.has_status_history
            else evidence.has_touches
        end

)

select
    *,
    coalesce(owner_calendar_id, policy_calendar_id) as calendar_id
from assembled
