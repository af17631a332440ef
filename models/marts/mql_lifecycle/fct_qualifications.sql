with

held_back as (

    select * from {{ ref('int_persons_held_back') }}

),

routed as (

    select * from {{ ref('int_held_back_routed') }}

),

recommended_owners as (

    select * from {{ ref('int_owners_recommended') }}

),

reps as (

    select * from {{ ref('int_reps_available') }}

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
    held_back.owner_id,
    case
        when recommended_owners.mql_id is not null then recommended_owners.recommended_owner_id
        when held_back.is_qualified or held_back.held_back_reason is not null
            then coalesce(account_owners.rep_id, record_owners.rep_id)
    end as recommended_owner_id,
    case
        when recommended_owners.mql_id is not null then recommended_owners.recommended_owner_reason
        when not held_back.is_qualified and held_back.held_back_reason is null then null
        when account_owners.rep_id is not null then 'Owns the account'
        when record_owners.rep_id is not null then 'Has them already'
    end as recommended_owner_reason
from held_back
left join routed
    on held_back.person_id = routed.person_id
left join recommended_owners  -- who waits for sales; nobody else needs a turn
    on held_back.person_id = recommended_owners.person_id
left join reps as account_owners
    on held_back.account_owner_id = account_owners.rep_id
left join reps as record_owners
    on held_back.owner_id = record_owners.rep_id
