{{ config(materialized='table') }}

-- Grain: person x opportunity they are on (contact role or conversion). A deal made on a day without a time was made by
-- the day's last second, or by its closing.
with

opportunity_people as (

    select * from {{ ref('int_opportunity_people_identified') }}

),

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}

)

select
    opportunity_people.person_id,
    opportunities.opportunity_id,
    opportunities.is_won,
    opportunities.closed_at,
    opportunities.is_closed,
    coalesce(opportunities.created_at_precision, 'unknown') as created_at_precision,
    opportunities.surely_created_at as created_at
from opportunity_people
inner join opportunities
    on opportunity_people.opportunity_id = opportunities.opportunity_id
where opportunities.created_at is not null
