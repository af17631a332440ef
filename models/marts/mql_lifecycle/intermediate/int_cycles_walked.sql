{{ config(materialized='table') }}

-- Grain: cycle. From each person's first candidate along the links: one step a cycle, however many candidates.
with recursive

links as (

    select * from {{ ref('int_cycle_candidates_linked') }}

),

walked as (

    select
        person_id,
        cast(1 as bigint) as cycle_number,
        min(occurred_at) as opened_at
    from links
    group by person_id
    union all
    select
        walked.person_id,
        walked.cycle_number + 1 as cycle_number,
        links.next_opened_at as opened_at
    from walked
    inner join links
        on
            walked.person_id = links.person_id
            and walked.opened_at = links.occurred_at
    where links.next_opened_at is not null

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
from walked
