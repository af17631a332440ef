-- Excluded people (students, competitors, employees, …) neither engage an account nor describe its fit.
with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

exclusions as (

    select * from {{ ref('fct_person_exclusions') }}
    where excluded_from <= {{ as_of() }}

),

excluded_people as (

    select distinct person_id
    from exclusions

),

people_of_accounts as (

    select
        persons.account_id,
        persons.person_id,
        persons.job_function,
        persons.buying_role,
        excluded_people.person_id is not null as is_excluded
    from persons
    left join excluded_people
        on persons.person_id = excluded_people.person_id
    where persons.account_id is not null

)

select * from people_of_accounts
