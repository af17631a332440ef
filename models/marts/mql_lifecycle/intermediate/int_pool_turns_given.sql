{{ config(materialized='table') }}

-- Grain: MQL that waits for a turn in a pool and gets one. The most urgent first, then the oldest, each to whoever of
-- the pool holds fewest, as long as anybody has room. A rep has one room, however many pools they stand in: what two
-- pools would give them beyond it waits for the next round, until a round gives nothing.
with recursive

settled as (

    select * from {{ ref('int_owners_settled') }}

),

members as (

    select * from {{ ref('int_pool_members_found') }}

),

rounds as (

    select
        mql_id,
        pool_id,
        row_number() over (order by priority, opened_at, mql_id) as line_number,
        cast(null as {{ dbt.type_string() }}) as rep_id,
        true as has_given
    from settled
    where settled_owner_id is null and pool_id is not null
    union all
    (
        with

        given as (

            select
                rep_id,
                count(*) as given_count
            from rounds
            where rep_id is not null
            group by rep_id

        ),

        line as (

            select
                *,
                row_number() over (partition by pool_id order by line_number) as turn
            from rounds
            where rep_id is null and has_given

        ),

        places as (

            select
                members.pool_id,
                members.rep_id,
                members.room_count - coalesce(given.given_count, 0) as room_left,
                row_number() over (
                    partition by members.pool_id
                    order by members.held_count + coalesce(given.given_count, 0) + line.turn, members.rep_id
                ) as turn
            from members
            left join given
                on members.rep_id = given.rep_id
            inner join line  -- no rep needs more places than MQLs stand in line
                on
                    members.pool_id = line.pool_id
                    and coalesce(line.turn <= members.room_count - coalesce(given.given_count, 0), true)

        ),

        offers as (

            select
                line.mql_id,
                line.pool_id,
                line.turn,
                places.rep_id,
                coalesce(
                    row_number() over (partition by places.rep_id order by line.line_number) <= places.room_left, true
                ) as has_room
            from line
            inner join places
                on
                    line.pool_id = places.pool_id
                    and line.turn = places.turn

        ),

        offers_until_refused as (  -- whoever comes later in the pool's line takes no place before who was refused one

            select
                *,
                min(case when not has_room then turn end) over (partition by pool_id) as refused_turn
            from offers

        ),

        taken as (

            select
                rounds.mql_id,
                rounds.pool_id,
                rounds.line_number,
                coalesce(rounds.rep_id, offers_until_refused.rep_id) as rep_id,
                rounds.rep_id is null and offers_until_refused.rep_id is not null as is_given_now
            from rounds
            left join offers_until_refused
                on
                    rounds.mql_id = offers_until_refused.mql_id
                    and coalesce(offers_until_refused.turn < offers_until_refused.refused_turn, true)
            where rounds.has_given

        )

        select
            mql_id,
            pool_id,
            line_number,
            rep_id,
            max(case when is_given_now then 1 else 0 end) over () = 1 as has_given
        from taken
    )

)

select
    mql_id,
    rep_id,
    row_number() over (partition by pool_id order by line_number) as turn
from (
    select distinct
        mql_id,
        pool_id,
        line_number,
        rep_id
    from rounds
    where rep_id is not null
) as given_in_all
