{{ config(materialized='table') }}

-- Grain: person x instant at which their account became ready and may hand them over. Their place in line, the most
-- engaged first, and the account's next such instant.
with

candidates as (

    select * from {{ ref('int_qualification_instants') }}
    where not is_own

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

account_instants as (

    select distinct
        persons.account_id,
        candidates.occurred_at
    from candidates
    inner join persons
        on candidates.person_id = persons.person_id

),

account_instants_linked as (

    select
        account_id,
        occurred_at,
        lead(occurred_at) over (partition by account_id order by occurred_at) as next_ready_at
    from account_instants

)

select
    candidates.person_id,
    persons.account_id,
    candidates.occurred_at as ready_at,
    account_instants_linked.next_ready_at,
    row_number() over (
        partition by persons.account_id, candidates.occurred_at
        order by candidates.engagement_score desc, candidates.person_id asc
    ) as place
from candidates
inner join persons
    on candidates.person_id = persons.person_id
inner join account_instants_linked
    on
        persons.account_id = account_instants_linked.account_id
        and candidates.occurred_at = account_instants_linked.occurred_at
