{{ config(materialized='table') }}

-- Grain: cycle. One step a cycle, however many candidates. In a party, whoever has an instant of their own up to the
-- account's next ready one goes first; when nobody has, the account hands over the first in line who is free.
with recursive

links as (

    select * from {{ ref('int_cycle_candidates_linked') }}

),

ready_turns as (

    select * from {{ ref('int_ready_turns_ranked') }}

),

ready_instants as (

    select distinct
        account_id,
        ready_at,
        next_ready_at
    from ready_turns

),

walked as (

    select
        person_id,
        walking_party,
        cast(0 as bigint) as cycle_number,
        cast(null as timestamp) as opened_at,
        first_own_at as next_own_at,
        first_ready_at as free_from,  -- who is in no cycle yet has been free all along
        first_ready_at as next_ready_at,
        last_ready_at
    from {{ ref('int_walks_begun') }}
    union all
    (
        with

        waiting as (  -- a place in line is nobody's who is in an open cycle or its cool-down

            select
                walked.*,
                case when walked.free_from <= walked.next_ready_at then ready_turns.place end as place
            from walked
            left join ready_turns
                on
                    walked.person_id = ready_turns.person_id
                    and walked.next_ready_at = ready_turns.ready_at

        ),

        party_seen as (

            select
                *,
                coalesce(min(next_own_at) over (partition by walking_party) > next_ready_at, next_ready_at is not null)
                    as is_account_next,
                min(place) over (partition by walking_party) as first_place
            from waiting

        ),

        stepped as (

            select
                *,
                case
                    when is_account_next and place = first_place then next_ready_at
                    when not is_account_next and coalesce(next_own_at <= next_ready_at, true) then next_own_at
                end as opens_at
            from party_seen

        )

        select
            stepped.person_id,
            stepped.walking_party,
            case when stepped.opens_at is null then stepped.cycle_number else stepped.cycle_number + 1 end
                as cycle_number,
            stepped.opens_at as opened_at,
            case when stepped.opens_at is null then stepped.next_own_at else links.next_opened_at end as next_own_at,
            case when stepped.opens_at is null then stepped.free_from else links.free_from end as free_from,
            case when stepped.is_account_next then ready_instants.next_ready_at else stepped.next_ready_at end
                as next_ready_at,
            stepped.last_ready_at
        from stepped
        left join links
            on
                stepped.person_id = links.person_id
                and stepped.opens_at = links.occurred_at
        left join ready_instants
            on
                stepped.walking_party = ready_instants.account_id
                and stepped.next_ready_at = ready_instants.ready_at
        where
            stepped.opens_at is not null
            or stepped.next_own_at is not null
            or case when stepped.is_account_next then ready_instants.next_ready_at else stepped.next_ready_at end
            <= stepped.last_ready_at
    )

),

cycles as (

    select
        person_id,
        cycle_number,
        opened_at
    from walked
    where opened_at is not null

)

select
    {{ key_of(['person_id', 'cycle_number']) }} as mql_id,
    person_id,
    cycle_number,
    opened_at,
    coalesce(
        lead(opened_at) over (partition by person_id order by cycle_number),
        {{ open_end() }}
    ) as next_opened_at
from cycles
