with

held_back as (

    select * from {{ ref('int_persons_held_back') }}

),

routed as (

    select * from {{ ref('int_held_back_routed') }}

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

),

recommended_owners as (

    select
        held_back.person_id,
        coalesce(account_owners.rep_id, record_owners.rep_id) as recommended_owner_id
    from held_back
    left join reps as account_owners
        on
            held_back.account_owner_id = account_owners.rep_id
            and account_owners.is_active
            and not account_owners.is_automation
    left join reps as record_owners
        on
            held_back.owner_id = record_owners.rep_id
            and record_owners.is_active
            and not record_owners.is_automation
    where held_back.is_qualified or held_back.held_back_reason is not null

)

select
    held_back.person_id,
    held_back.is_qualified,
    case when held_back.is_qualified then held_back.entry_reason end as qualified_reason,
    held_back.held_back_reason,
    held_back.held_back_detail,
    coalesce(held_back.next_action, routed.next_action) as next_action,
    coalesce(held_back.action_reason, routed.action_reason) as action_reason,
    coalesce(held_back.priority, routed.priority) as priority,
    recommended_owners.recommended_owner_id
from held_back
left join routed
    on held_back.person_id = routed.person_id
left join recommended_owners
    on held_back.person_id = recommended_owners.person_id
