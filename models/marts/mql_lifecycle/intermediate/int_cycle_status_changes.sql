-- Grain: change of status inside a cycle: events that change nothing are gone, each change knows the one before.
with

events as (

    select
        *,
        lag(status) over (partition by mql_id order by event_number) as previous_status
    from {{ ref('int_cycle_status_events') }}

),

transitions as (

    select * from {{ ref('stg_rules__status_transitions') }}

)

select
    events.mql_id,
    events.person_id,
    events.cycle_number,
    events.next_opened_at,
    events.previous_status,
    events.status,
    events.changed_at,
    events.reason,
    events.changed_by,
    events.source,
    events.event_number,
    events.previous_status is null or coalesce(transitions.is_legal, false) as is_legal_transition,
    case
        when events.previous_status is not null and not coalesce(transitions.is_legal, false)
            then coalesce(transitions.violation, 'illegal')
    end as violation
from events
left join transitions
    on
        events.previous_status = transitions.from_status
        and events.status = transitions.to_status
where events.previous_status is null or events.previous_status <> events.status
