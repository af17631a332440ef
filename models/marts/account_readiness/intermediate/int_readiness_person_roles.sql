-- Grain: person x role in the buying committee. A title says a role since ever; the CRM's contact role on a deal says
-- one since the deal was created.
with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

people_on_deals as (

    select * from {{ ref('int_opportunity_people_identified') }}

),

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}

),

buying_roles as (

    select * from {{ ref('stg_rules__buying_roles') }}

),

told as (

    select
        person_id,
        buying_role,
        cast('1900-01-01 00:00:00' as timestamp) as role_from
    from persons
    where buying_role <> 'unknown'

    union all

    select
        people_on_deals.person_id,
        buying_roles.buying_role,
        coalesce(opportunities.created_at, cast('1900-01-01 00:00:00' as timestamp)) as role_from
    from people_on_deals
    inner join buying_roles
        on lower(trim(people_on_deals.role)) = buying_roles.contact_role
    inner join opportunities
        on people_on_deals.opportunity_id = opportunities.opportunity_id

),

roles as (

    select
        person_id,
        buying_role,
        min(role_from) as role_from
    from told
    group by person_id, buying_role

)

select * from roles
