with

clocks as (

    select * from {{ ref('int_clocks_read') }}

),

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

)

select
    clocks.clock_id,
    clocks.handoff_id,
    clocks.mql_id,
    clocks.person_id,
    clocks.clock,
    clocks.parent_clock_id,
    clocks.sequence,
    clocks.rep_id,
    clocks.team,
    handoffs.priority,
    clocks.policy_id,
    clocks.calendar_id,
    clocks.calendar_source,
    clocks.started_at,
    clocks.stopped_at,
    clocks.read_at,
    clocks.due_at,
    clocks.target_seconds,
    clocks.elapsed_seconds,
    clocks.business_seconds,
    clocks.paused_seconds,
    clocks.counted_seconds,
    clocks.pause_reasons,
    case
        when clocks.excused_reason is not null then 'excused'
        when clocks.stopped_at is not null and clocks.counted_seconds <= clocks.target_seconds then 'met'
        when clocks.stopped_at is not null then 'met_late'
        when clocks.is_ended_without_stop then 'closed_untouched'
        when clocks.counted_seconds > clocks.target_seconds then 'open_breached'
        -- divided, since a share of 0.55 times 100 seconds is a hair more than 55
        when cast(clocks.counted_seconds as double) / nullif(clocks.target_seconds, 0) >= clocks.at_risk_share
            then 'open_at_risk'
        else 'open_on_track'
    end as sla_status,
    clocks.has_owner,
    clocks.is_time_unknown,
    clocks.excused_reason
from clocks
inner join handoffs
    on clocks.handoff_id = handoffs.handoff_id
