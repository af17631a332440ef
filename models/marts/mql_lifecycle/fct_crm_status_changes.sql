with

crm_statuses as (

    select
        *,
        lag(status) over (partition by person_id order by change_number) as previous_status,
        lag(is_accepted) over (partition by person_id order by change_number) as was_accepted
    from {{ ref('int_crm_statuses_ordered') }}
    where changed_at is not null

),

status_changes as (

    select * from {{ ref('int_status_changes_identified') }}

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

)

select
    crm_statuses.change_key as status_change_id,
    crm_statuses.person_id,
    crm_statuses.change_number,
    crm_statuses.changed_at,
    crm_statuses.changed_at_precision,
    crm_statuses.status,
    crm_statuses.previous_status,
    crm_statuses.is_accepted,
    crm_statuses.is_accepted and not coalesce(crm_statuses.was_accepted, false) as is_first_accepted,
    reps.rep_id as changed_by_rep_id,
    coalesce(reps.is_automation, false) as is_by_automation
from crm_statuses
inner join status_changes
    on crm_statuses.change_key = status_changes.change_key
left join reps  -- only a rep that is known: who else changed it may be told by a name
    on status_changes.changed_by = reps.rep_id
