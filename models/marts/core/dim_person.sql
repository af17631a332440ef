{{ config(
    post_hook="{{ add_passed_columns(this, 'people', ref('int_persons_enriched'), 'person_id') }}",
) }}

with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

exclusions as (

    select
        person_id,
        exclusion_reason,
        row_number() over (partition by person_id order by sort_order, rule_id) as exclusion_rank
    from {{ ref('fct_person_exclusions') }}
    where excluded_from <= {{ as_of() }}

),

first_exclusions as (

    select * from exclusions
    where exclusion_rank = 1

),

current_statuses as (

    select
        person_id,
        status
    from {{ ref('fct_mql_status_history') }}
    where is_current

),

people as (

    select
        persons.person_id,
        persons.account_id,
        persons.account_match_method,
        persons.account_match_confidence,
        persons.job_function,
        persons.seniority,
        persons.buying_role,
        persons.country,
        persons.segment,
        persons.lead_source,
        persons.channel,
        persons.owner_id,
        coalesce(current_statuses.status, 'inquiry') as status,
        first_exclusions.exclusion_reason,
        persons.created_at,
        persons.created_at_source
    from persons
    left join current_statuses  -- at most one status is current
        on persons.person_id = current_statuses.person_id
    left join first_exclusions
        on persons.person_id = first_exclusions.person_id

)

select * from people
