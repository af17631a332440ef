{{ config(materialized='table') }}

-- Everybody who may have had a part in a deal: who is on it, and who else is known at its account. told_until is the
-- instant up to which what they did came before the deal; a deal created at some unknown time is judged as of the run.
with

opportunities as (

    select
        opportunity_id,
        account_id,
        coalesce(surely_created_at, {{ as_of() }}) as told_until
    from {{ ref('int_opportunities_conformed') }}

),

people_on_deals as (

    select * from {{ ref('int_opportunity_people_identified') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

concerned as (

    select
        opportunities.opportunity_id,
        opportunities.told_until,
        people_on_deals.person_id,
        people_on_deals.link_method,
        people_on_deals.role,
        people_on_deals.is_primary
    from opportunities
    inner join people_on_deals  -- one row for each person on the deal
        on opportunities.opportunity_id = people_on_deals.opportunity_id

    union all

    select
        opportunities.opportunity_id,
        opportunities.told_until,
        persons.person_id,
        'account' as link_method,
        cast(null as {{ dbt.type_string() }}) as role,
        false as is_primary
    from opportunities
    inner join persons  -- one row for each person of the account
        on opportunities.account_id = persons.account_id
    left join people_on_deals
        on
            opportunities.opportunity_id = people_on_deals.opportunity_id
            and persons.person_id = people_on_deals.person_id
    where people_on_deals.person_id is null

),

gathered as (

    select
        concerned.opportunity_id,
        concerned.told_until,
        concerned.person_id,
        concerned.link_method,
        concerned.role,
        concerned.is_primary,
        coalesce(persons.created_at <= concerned.told_until, false) as is_known_before
    from concerned
    inner join persons
        on concerned.person_id = persons.person_id

)

select * from gathered
