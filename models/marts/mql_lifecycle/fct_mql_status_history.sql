with

status_changes as (

    select * from {{ ref('int_cycle_status_changes') }}

),

intervals as (

    select
        mql_id,
        person_id,
        cycle_number,
        event_number,
        status,
        changed_at as valid_from,
        lead(changed_at, 1, next_opened_at) over (partition by mql_id order by event_number) as valid_until,
        reason,
        source,
        is_legal_transition
    from status_changes

)

-- a status that gave way in its own second held for no time; its transition was judged before it is left out here
select
    {{ key_of(['mql_id', 'event_number']) }} as status_interval_id,
    mql_id,
    person_id,
    cycle_number,
    status,
    valid_from,
    valid_until,
    valid_until = {{ open_end() }} as is_current,
    reason,
    source,
    is_legal_transition
from intervals
where valid_until > valid_from
