-- Grain: pool x rep who takes turns in it, as of the run: by name or with their team, active and not out of office. How
-- many handoffs they hold that wait for them, by the CRM's own owner, and how many more they may.
with

pools as (

    select * from {{ ref('stg_rules__rep_pools') }}

),

reps as (

    select * from {{ ref('int_reps_available') }}
    where absent_until is null

),

held as (

    select
        owner_id,
        cast(count(*) as bigint) as held_count
    from {{ ref('int_mqls_waiting') }}
    group by owner_id

),

members as (

    select distinct
        pools.pool_id,
        reps.rep_id,
        reps.max_open_handoffs
    from pools
    inner join reps  -- a rep may stand in a pool by name and with the team
        on
            (pools.rep_id = reps.rep_id or pools.team = reps.team)
            and {{ is_in_force('pools', as_of()) }}

)

select
    members.pool_id,
    members.rep_id,
    coalesce(held.held_count, 0) as held_count,
    case
        when members.max_open_handoffs is null then null
        when members.max_open_handoffs <= coalesce(held.held_count, 0) then 0
        else members.max_open_handoffs - coalesce(held.held_count, 0)
    end as room_count
from members
left join held
    on members.rep_id = held.owner_id
