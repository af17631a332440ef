with

status_changes as (

    select * from {{ ref('int_cycle_status_changes') }}
    where previous_status is not null

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

)

select
    {{ key_of(['status_changes.mql_id', 'status_changes.event_number']) }} as transition_id,
    status_changes.mql_id,
    status_changes.person_id,
    status_changes.cycle_number,
    status_changes.previous_status as from_status,
    status_changes.status as to_status,
    status_changes.changed_at,
    status_changes.is_legal_transition,
    status_changes.violation,
    status_changes.reason,
    status_changes.source,
    reps.rep_id as changed_by_rep_id,
    reps.is_automation as is_changed_by_automation
from status_changes
left join reps  -- whatever else a source writes there may be a name
    on status_changes.changed_by = reps.rep_id
