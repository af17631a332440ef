{{ config(materialized='table') }}

-- Grain: person x opportunity they are on (contact role or conversion).
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
    case
        when opportunities.created_at_precision <> 'day' then opportunities.created_at
        when {{ add_seconds('opportunities.created_at', '86399') }} > {{ as_of() }} then {{ as_of() }}
        else {{ add_seconds('opportunities.created_at', '86399') }}
    end as created_at
from opportunity_people
inner join opportunities
    on opportunity_people.opportunity_id = opportunities.opportunity_id
where opportunities.created_at is not null
