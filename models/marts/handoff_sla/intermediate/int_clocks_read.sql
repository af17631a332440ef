-- Grain: clock, with its business seconds, what excuses it, and whether the time of its stop is known.
with

clocks as (

    select * from {{ ref('int_clocks_started') }}

),

positions as (

    select * from {{ ref('int_clock_positions') }}

),

pauses as (

    select * from {{ ref('int_clock_pauses_counted') }}

),

dues as (

    select * from {{ ref('int_clock_dues') }}

),

excuses_by_reason as (

    select * from {{ ref('stg_rules__sla_excuses') }}
    where outcome_reason is not null

),

excuses_of_outcome as (

    select * from {{ ref('stg_rules__sla_excuses') }}
    where outcome_reason is null

),

read_clocks as (

    select
        clocks.*,
        dues.due_at,
        positions.read_seconds - positions.start_seconds as business_seconds,
        coalesce(pauses.paused_seconds, 0) as paused_seconds,
        positions.read_seconds - positions.start_seconds - coalesce(pauses.paused_seconds, 0) as counted_seconds,
        pauses.pause_reasons,
        {{ seconds_between('clocks.started_at', 'clocks.read_at') }} as elapsed_seconds,
        -- a row that names the reason says more than one for any reason
        coalesce(excuses_by_reason.excused_reason, excuses_of_outcome.excused_reason) as rule_excuse
    from clocks
    left join positions
        on clocks.clock_id = positions.clock_id
    left join pauses
        on clocks.clock_id = pauses.clock_id
    left join dues
        on clocks.clock_id = dues.clock_id
    left join excuses_by_reason
        on
            clocks.outcome = excuses_by_reason.outcome
            and {{ snake_case('clocks.outcome_reason') }} = excuses_by_reason.outcome_reason
    left join excuses_of_outcome
        on clocks.outcome = excuses_of_outcome.outcome

),

judged as (

    select
        *,
        -- a stop known only by its day may have been in time: it is told apart, unless a later exact one was in time
        stop_date_without_time is not null
        and (stopped_at is null or stop_date_without_time <= cast(stopped_at as date))
        and not coalesce(stopped_at is not null and counted_seconds <= target_seconds, false) as is_time_unknown,
        stopped_at is null and (closed_at is not null or reassigned_at is not null) as is_ended_without_stop
    from read_clocks

)

select
    clock_id,
    parent_clock_id,
    handoff_id,
    mql_id,
    person_id,
    clock,
    sequence,
    rep_id,
    team,
    started_at,
    stopped_at,
    stop_date_without_time,
    reassigned_at,
    closed_at,
    outcome,
    outcome_reason,
    has_owner,
    policy_id,
    target_seconds,
    at_risk_share,
    owner_calendar_id,
    policy_calendar_id,
    read_at,
    calendar_id,
    calendar_source,
    due_at,
    business_seconds,
    paused_seconds,
    counted_seconds,
    pause_reasons,
    elapsed_seconds,
    rule_excuse,
    is_time_unknown,
    is_ended_without_stop,
    case
        when rule_excuse is not null then rule_excuse
        when is_time_unknown then 'time_unknown'
        when stopped_at is not null or not is_ended_without_stop or counted_seconds > target_seconds then null
        when clock = 'first_touch' and reassigned_at = read_at then 'reassigned'
        when clock = 'meeting' then 'closed_before_due'
    end as excused_reason
from judged
