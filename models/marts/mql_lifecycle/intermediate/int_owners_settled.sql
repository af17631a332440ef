{{ config(materialized='table') }}

-- Grain: MQL that waits. Whom it goes to without anybody's turn: the account's owner, the rep that the territory names,
-- or whoever of the pool has it already. Else the pool in which it waits for a turn.
with

waiting as (

    select * from {{ ref('int_mqls_waiting') }}

),

territories as (

    select * from {{ ref('int_territories_applied') }}

),

reps as (

    select * from {{ ref('int_reps_available') }}

),

members as (

    select * from {{ ref('int_pool_members_found') }}

)

select
    waiting.mql_id,
    waiting.person_id,
    waiting.opened_at,
    waiting.priority,
    waiting.owner_id,
    territories.rule_id as territory_id,
    territories.pool_id,
    account_owners.rep_id as account_owner_id,
    account_owners.absent_until as account_owner_absent_until,
    case
        when account_owners.rep_id is not null and account_owners.absent_until is null then 'account_owner'
        when named_reps.rep_id is not null and named_reps.absent_until is null then 'territory'
        when members.rep_id is not null then 'kept'
    end as settled_by,
    case
        when account_owners.rep_id is not null and account_owners.absent_until is null then account_owners.rep_id
        when named_reps.rep_id is not null and named_reps.absent_until is null then named_reps.rep_id
        else members.rep_id
    end as settled_owner_id
from waiting
left join territories
    on waiting.mql_id = territories.mql_id
left join reps as account_owners
    on waiting.account_owner_id = account_owners.rep_id
left join reps as named_reps
    on territories.rep_id = named_reps.rep_id
left join members
    on
        territories.pool_id = members.pool_id
        and waiting.owner_id = members.rep_id
