{{ config(materialized='table') }}

-- Grain: person who may open a cycle, before their first. People whom an account may hand over walk with it from its
-- first ready instant to their own last one; everybody else walks alone.
with

candidates as (

    select * from {{ ref('int_qualification_instants') }}

),

ready_turns as (

    select * from {{ ref('int_ready_turns_ranked') }}

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
    from ready_turns
    group by account_id

)

select
    first_own_instants.person_id,
    coalesce(turns_of_persons.account_id, first_own_instants.person_id) as walking_party,
    first_own_instants.first_own_at,
    turns_of_accounts.first_ready_at,
    turns_of_persons.last_ready_at
from first_own_instants
left join turns_of_persons
    on first_own_instants.person_id = turns_of_persons.person_id
left join turns_of_accounts
    on turns_of_persons.account_id = turns_of_accounts.account_id
