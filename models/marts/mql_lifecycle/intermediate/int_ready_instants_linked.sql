{{ config(materialized='table') }}

-- Grain: account x instant at which it became ready and may hand somebody over, with the next one.
with

candidates as (

    select * from {{ ref('int_qualification_instants') }}
    where not is_own

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

account_instants as (

    select distinct
        persons.account_id,
        candidates.occurred_at as ready_at
    from candidates
    inner join persons
        on candidates.person_id = persons.person_id

)

select
    account_id,
    ready_at,
    lead(ready_at) over (partition by account_id order by ready_at) as next_ready_at
from account_instants
