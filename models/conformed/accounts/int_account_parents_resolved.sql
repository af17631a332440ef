-- Every account's ultimate parent. Pairs of account and ancestor are gathered once each, so a ring of parents ends the
-- walk; the members of a ring share the smallest account_id of the ring.
with recursive

accounts as (

    select
        account_id,
        parent_account_id
    from {{ ref('int_accounts_unioned') }}

),

parents as (  -- a parent that is deleted, unknown or the account itself is none

    select
        accounts.account_id,
        parent_accounts.account_id as parent_account_id
    from accounts
    inner join accounts as parent_accounts
        on accounts.parent_account_id = parent_accounts.account_id
    where accounts.account_id <> parent_accounts.account_id

),

ancestors as (

    select
        account_id,
        parent_account_id as ancestor_account_id
    from parents

    union

    select
        ancestors.account_id,
        parents.parent_account_id as ancestor_account_id
    from ancestors
    inner join parents
        on ancestors.ancestor_account_id = parents.account_id

),

ring_members as (

    select account_id
    from ancestors
    where account_id = ancestor_account_id

),

tops as (

    select
        ancestors.account_id,
        min(ancestors.ancestor_account_id) as ultimate_parent_account_id
    from ancestors
    left join parents
        on ancestors.ancestor_account_id = parents.account_id
    left join ring_members
        on ancestors.ancestor_account_id = ring_members.account_id
    where
        parents.account_id is null
        or ring_members.account_id is not null
    group by ancestors.account_id

),

resolved as (

    select
        accounts.account_id,
        parents.parent_account_id,
        coalesce(tops.ultimate_parent_account_id, accounts.account_id) as ultimate_parent_account_id
    from accounts
    left join parents
        on accounts.account_id = parents.account_id
    left join tops
        on accounts.account_id = tops.account_id

)

select * from resolved
