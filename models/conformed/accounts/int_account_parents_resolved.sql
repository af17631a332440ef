{{ config(materialized='table') }}

-- Every account's ultimate parent, one hop of the walk for each level. A walk ends at a top, where it is back at its
-- own account, or at the depth limit; the members of a ring share the smallest account_id of the ring.
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
        parent_account_id as ancestor_account_id,
        1 as levels_up
    from parents

    union all

    select
        ancestors.account_id,
        parents.parent_account_id as ancestor_account_id,
        ancestors.levels_up + 1 as levels_up
    from ancestors
    inner join parents
        on ancestors.ancestor_account_id = parents.account_id
    where
        ancestors.levels_up < {{ hierarchy_depth_limit() }}
        and ancestors.account_id <> ancestors.ancestor_account_id

),

ring_members as (

    select account_id
    from ancestors
    where account_id = ancestor_account_id

),

ancestors_judged as (

    select
        ancestors.account_id,
        ancestors.ancestor_account_id,
        ancestors.levels_up,
        (ring_members.account_id is not null) as is_in_parent_ring,
        (parents.account_id is null) as is_top
    from ancestors
    left join parents
        on ancestors.ancestor_account_id = parents.account_id
    left join ring_members
        on ancestors.ancestor_account_id = ring_members.account_id

),

ends_ranked as (  -- the top, else the ring's smallest id, else the furthest that the limit lets us see

    select
        *,
        row_number() over (
            partition by account_id
            order by
                case when is_top then 0 when is_in_parent_ring then 1 else 2 end asc,
                case when is_in_parent_ring then ancestor_account_id end asc,
                case when is_in_parent_ring then levels_up else -levels_up end asc
        ) as end_rank
    from ancestors_judged

),

chosen_ends as (

    select * from ends_ranked
    where end_rank = 1

),

resolved as (

    select
        accounts.account_id,
        parents.parent_account_id,
        coalesce(chosen_ends.ancestor_account_id, accounts.account_id) as ultimate_parent_account_id,
        case
            when chosen_ends.ancestor_account_id = accounts.account_id then 0
            else coalesce(chosen_ends.levels_up, 0)
        end as hierarchy_depth,
        (ring_members.account_id is not null) as is_in_parent_ring,
        coalesce(not chosen_ends.is_top and not chosen_ends.is_in_parent_ring, false) as is_cut_at_depth_limit
    from accounts
    left join parents
        on accounts.account_id = parents.account_id
    left join chosen_ends
        on accounts.account_id = chosen_ends.account_id
    left join ring_members
        on accounts.account_id = ring_members.account_id

)

select * from resolved
