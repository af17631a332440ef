{{ config(materialized='table') }}

-- Grain: person x instant at which their account became ready and may hand them over. Their place in line, the most
-- engaged first.
with

candidates as (

    select * from {{ ref('int_qualification_instants') }}
    where not is_own

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

)

select
    candidates.person_id,
    persons.account_id,
    candidates.occurred_at as ready_at,
    row_number() over (
        partition by persons.account_id, candidates.occurred_at
        order by candidates.engagement_score desc, candidates.person_id asc
    ) as place
from candidates
inner join persons
    on candidates.person_id = persons.person_id
