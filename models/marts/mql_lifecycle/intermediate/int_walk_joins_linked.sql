{{ config(materialized='table') }}

-- Grain: person as known at some time x join that they take part in, with the next one of theirs.
with

joins as (

    select
        earlier_person_id as person_id,
        join_number,
        joined_at,
        previous_leader_number as leader_number
    from {{ ref('int_earlier_persons_joined') }}
    where takes_part

)

select
    person_id,
    join_number,
    joined_at,
    leader_number,
    lead(join_number) over in_order as next_join_number,
    lead(joined_at) over in_order as next_joined_at,
    lead(leader_number) over in_order as next_leader_number,
    row_number() over in_order = 1 as is_first
from joins
window in_order as (partition by person_id order by join_number)
