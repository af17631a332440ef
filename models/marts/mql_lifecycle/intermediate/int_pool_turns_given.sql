-- Grain: MQL that waits for a turn in a pool and gets one. The most urgent first, then the oldest, each to whoever of
-- the pool holds fewest, as long as anybody has room: one numbered line of MQLs beside one of free places.
with

settled as (

    select * from {{ ref('int_owners_settled') }}

),

members as (

    select * from {{ ref('int_pool_members_found') }}

),

line as (

    select
        mql_id,
        pool_id,
        row_number() over (partition by pool_id order by priority, opened_at, mql_id) as turn
    from settled
    where settled_owner_id is null and pool_id is not null

),

places as (

    select
        members.pool_id,
        members.rep_id,
        row_number() over (
            partition by members.pool_id
            order by members.held_count + line.turn, members.rep_id
        ) as turn
    from members
    inner join line  -- no rep needs more places than MQLs stand in line
        on
            members.pool_id = line.pool_id
            and coalesce(line.turn <= members.room_count, true)

)

select
    line.mql_id,
    places.rep_id,
    line.turn
from line
inner join places
    on
        line.pool_id = places.pool_id
        and line.turn = places.turn
