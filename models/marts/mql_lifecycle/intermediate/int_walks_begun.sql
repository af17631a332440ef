{{ config(materialized='table') }}

-- Grain: person as known at some time who may open a cycle, before their first. People whom an account may hand over
-- walk with it from its first ready instant to their own last one; everybody else walks alone, or with whom a join
-- awaits.
with

candidates as (

    select * from {{ ref('int_qualification_instants') }}

),

ready_turns as (

    select * from {{ ref('int_ready_turns_ranked') }}

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

first_own_instants as (

    select
        person_id,
        min(case when is_own then occurred_at end) as first_own_at
    from candidates
    group by person_id

),

turns_of_persons as (

    select
        person_id,
        account_id,
        max(ready_at) as last_ready_at
    from ready_turns
    group by person_id, account_id

),

turns_of_accounts as (

    select
        account_id,
        min(ready_at) as first_ready_at
    from {{ ref('int_ready_instants_linked') }}
    group by account_id

),

joins as (

    select * from {{ ref('int_walk_joins_linked') }}
    where is_first

),

walkers as (  -- whom a join awaits walk together, even if an account may hand over only one of them

    select
        first_own_instants.person_id,
        persons.joined_person_id,
        first_own_instants.first_own_at,
        turns_of_persons.last_ready_at,
        max(turns_of_persons.account_id) over (partition by persons.joined_person_id) as account_id
    from first_own_instants
    inner join persons
        on first_own_instants.person_id = persons.person_id
    left join turns_of_persons
        on first_own_instants.person_id = turns_of_persons.person_id

)

select
    walkers.person_id,
    walkers.joined_person_id,
    coalesce(walkers.account_id, walkers.joined_person_id) as walking_party,
    walkers.first_own_at,
    turns_of_accounts.first_ready_at,
    walkers.last_ready_at,
    joins.joined_at as next_joined_at,
    joins.join_number as next_join_number,
    joins.leader_number
from walkers
left join turns_of_accounts
    on walkers.account_id = turns_of_accounts.account_id
left join joins
    on walkers.person_id = joins.person_id
