{{ config(materialized='table') }}

-- Grain: unit x person known there. Excluded people (students, competitors, employees, …) neither engage an account nor
-- describe its fit from the instant of their exclusion on.
with

units as (

    select * from {{ ref('int_readiness_units') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}
    where account_id is not null

),

first_exclusions as (

    select
        person_id,
        min(excluded_from) as excluded_from
    from {{ ref('fct_person_exclusions') }}
    group by person_id

),

people as (

    select
        units.unit_id,
        persons.person_id,
        persons.job_function,
        persons.seniority,
        coalesce(persons.created_at, cast('1900-01-01 00:00:00' as timestamp)) as known_from,
        coalesce(first_exclusions.excluded_from, {{ open_end() }}) as excluded_from
    from persons
    inner join units  -- a person counts for their account and for its family
        on persons.account_id = units.account_id
    left join first_exclusions
        on persons.person_id = first_exclusions.person_id

)

select * from people
