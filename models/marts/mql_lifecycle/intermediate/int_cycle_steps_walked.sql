{{ config(materialized='table') }}

-- Grain: step of a walk. One step a cycle, however many candidates. In a party, whoever has an instant of their own up
-- to the account's next ready one goes first; when nobody has, the account hands over the first in line who is free.
-- Where a conversion or merge joins two who walk, one goes on: who is in a cycle, of two cycles the earlier, else whose
-- last one closed later. The other yields.
with recursive

links as (

    select * from {{ ref('int_cycle_candidates_linked') }}

),

ready_turns as (

    select * from {{ ref('int_ready_turns_ranked') }}

),

walked as (

    select
        person_id,
        joined_person_id,
        walking_party,
        cast(null as timestamp) as opened_at,
        cast(null as timestamp) as yielded_at,
        first_own_at as next_own_at,
        first_ready_at as free_from,  -- who is in no cycle yet has been free all along
        first_ready_at as next_ready_at,
        last_ready_at,
        next_joined_at,
        next_join_number,
        leader_number,
        cast(null as timestamp) as last_opened_at,
        cast(null as timestamp) as last_closed_at
    from {{ ref('int_walks_begun') }}
    union all
    (
        with

        waiting as (  -- a place in line is nobody's who is in an open cycle or its cool-down

            select
                walked.*,
                case when walked.free_from <= walked.next_ready_at then ready_turns.place end as place,
                coalesce(walked.last_closed_at >= walked.next_joined_at, true) as is_open_when_joined
            from walked
            left join ready_turns
                on
                    walked.person_id = ready_turns.person_id
                    and walked.next_ready_at = ready_turns.ready_at
            where walked.yielded_at is null

        ),

        party_seen as (  -- of one second a join comes first, then what people do, then the account

            select
                *,
                coalesce(min(next_own_at) over party > next_ready_at, next_ready_at is not null)
                and coalesce(min(next_joined_at) over party > next_ready_at, true) as is_account_next,
                coalesce(next_joined_at <= min(next_own_at) over party, next_joined_at is not null)
                and coalesce(next_joined_at <= next_ready_at, true)
                and next_joined_at = min(next_joined_at) over party
                and next_join_number = min(next_join_number) over (partition by joined_person_id) as is_joining,
                coalesce(next_own_at < min(next_joined_at) over party, true)
                and coalesce(next_own_at <= next_ready_at, true) as is_own_next,
                min(place) over party as first_place,
                row_number() over (
                    partition by joined_person_id, next_join_number
                    order by
                        case when last_opened_at is null then 2 when is_open_when_joined then 0 else 1 end,
                        case when is_open_when_joined then last_opened_at end,
                        case when not is_open_when_joined then last_closed_at end desc,
                        leader_number
                ) as joining_place
            from waiting
            window party as (partition by walking_party)

        ),

        stepped as (

            select
                *,
                case
                    when is_account_next and place = first_place then next_ready_at
                    when is_own_next then next_own_at
                end as opens_at
            from party_seen

        )

        select
            stepped.person_id,
            stepped.joined_person_id,
            stepped.walking_party,
            stepped.opens_at as opened_at,
            case when stepped.is_joining and stepped.joining_place > 1 then stepped.next_joined_at end as yielded_at,
            case when stepped.opens_at is null then stepped.next_own_at else links.next_opened_at end as next_own_at,
            case when stepped.opens_at is null then stepped.free_from else links.free_from end as free_from,
            case when stepped.is_account_next then ready_instants.next_ready_at else stepped.next_ready_at end
                as next_ready_at,
            stepped.last_ready_at,
            case when stepped.is_joining then joins.next_joined_at else stepped.next_joined_at end as next_joined_at,
            case when stepped.is_joining then joins.next_join_number else stepped.next_join_number end
                as next_join_number,
            case when stepped.is_joining then joins.next_leader_number else stepped.leader_number end as leader_number,
            coalesce(stepped.opens_at, stepped.last_opened_at) as last_opened_at,
            case when stepped.opens_at is null then stepped.last_closed_at else links.closed_at end as last_closed_at
        from stepped
        left join links
            on
                stepped.person_id = links.person_id
                and stepped.opens_at = links.occurred_at
        left join {{ ref('int_ready_instants_linked') }} as ready_instants
            on
                stepped.walking_party = ready_instants.account_id
                and stepped.next_ready_at = ready_instants.ready_at
        left join {{ ref('int_walk_joins_linked') }} as joins
            on
                stepped.person_id = joins.person_id
                and stepped.next_join_number = joins.join_number
        where
            coalesce(stepped.opens_at, stepped.next_own_at, stepped.next_joined_at) is not null
            or case when stepped.is_account_next then ready_instants.next_ready_at else stepped.next_ready_at end
            <= stepped.last_ready_at
    )

)

select
    person_id,
    joined_person_id,
    opened_at,
    yielded_at,
    last_opened_at
from walked
where opened_at is not null or yielded_at is not null
