-- Grain: status by which the CRM made somebody an MQL or accepted them while no cycle was open: a hand-over that the
-- rules did not ask for. A machine that follows a rule of the CRM's own is counted like a hand.
with

status_changes as (

    select * from {{ ref('fct_crm_status_changes') }}
    where
        changed_at_precision = 'exact'
        and (
            (status = 'mql' and coalesce(previous_status <> 'mql', true))
            or is_first_accepted
        )

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

exclusions as (

    select
        person_id,
        min(excluded_from) as excluded_from
    from {{ ref('fct_person_exclusions') }}
    group by person_id

),

owners_ranked as (  -- who owned them then answers for what a machine did

    select
        status_changes.status_change_id,
        assignments.new_owner_id as owner_id,
        row_number() over (
            partition by status_changes.status_change_id
            order by assignments.assigned_at desc, assignments.assignment_key desc
        ) as owner_rank
    from status_changes
    inner join {{ ref('int_assignments_identified') }} as assignments
        on
            status_changes.person_id = assignments.person_id
            and status_changes.changed_at >= assignments.assigned_at
    where status_changes.is_by_automation or status_changes.changed_by_rep_id is null

),

last_owners as (

    select * from owners_ranked
    where owner_rank = 1

),

in_cycles as (

    select distinct status_changes.status_change_id
    from status_changes
    inner join cycles
        on
            status_changes.person_id = cycles.person_id
            and status_changes.changed_at >= cycles.opened_at
            and status_changes.changed_at <= coalesce(cycles.closed_at, {{ open_end() }})

)

select
    status_changes.status_change_id,
    status_changes.person_id,
    status_changes.changed_at,
    coalesce(last_owners.owner_id, status_changes.changed_by_rep_id) as rep_id,
    status_changes.is_by_automation,
    case when status_changes.is_first_accepted then 'accepted' else 'sent' end as what,
    coalesce(exclusions.excluded_from <= status_changes.changed_at, false) as is_excluded
from status_changes
left join in_cycles
    on status_changes.status_change_id = in_cycles.status_change_id
left join last_owners
    on status_changes.status_change_id = last_owners.status_change_id
left join exclusions
    on status_changes.person_id = exclusions.person_id
where in_cycles.status_change_id is null
