{{ config(materialized='table') }}

-- Grain: MQL that sales has been handed and has neither accepted nor sent back, as of the run, with what territories
-- ask. Where the person tells no country, their account's counts.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}
    where opens_handoff and closed_at is null and accepted_at is null

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

countries as (

    select * from {{ ref('int_countries_recognised') }}

)

select
    cycles.mql_id,
    cycles.person_id,
    cycles.opened_at,
    cycles.priority,
    persons.owner_id,
    persons.account_owner_id,
    persons.segment,
    persons.is_target_account,
    countries.country_code
from cycles
inner join persons
    on cycles.person_id = persons.person_id
left join countries
    on coalesce(persons.country, persons.account_country) = countries.country_text
