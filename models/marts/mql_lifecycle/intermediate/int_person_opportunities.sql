{{ config(materialized='table') }}

-- Grain: person as known at some time x opportunity they are on (contact role or conversion). A deal made on a day
-- without a time was made by the day's last second, or by its closing. A deal that another record brought along when it
-- was joined begins for whoever it joined with the join; one that had closed by then was never theirs.
with

opportunity_people as (

    select * from {{ ref('int_opportunity_people_identified') }}

),

earlier_persons as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}
    where created_at is not null

),

as_known as (

    select
        coalesce(earlier_persons.earlier_person_id, opportunity_people.person_id) as person_id,
        opportunities.opportunity_id,
        opportunities.is_won,
        opportunities.closed_at,
        opportunities.is_closed,
        opportunities.created_at_precision,
        opportunities.surely_created_at,
        earlier_persons.known_from,
        earlier_persons.known_from_precision,
        coalesce(earlier_persons.known_from > opportunities.surely_created_at, false) as is_brought_along
    from opportunity_people
    inner join opportunities
        on opportunity_people.opportunity_id = opportunities.opportunity_id
    left join earlier_persons
        on opportunity_people.record_key = earlier_persons.record_key

)

select
    person_id,
    opportunity_id,
    is_won,
    closed_at,
    is_closed,
    case when is_brought_along then known_from_precision else coalesce(created_at_precision, 'unknown') end
        as created_at_precision,
    case when is_brought_along then known_from else surely_created_at end as created_at,
    -- what a join brings along is seen only by what was open before
    case when is_brought_along then {{ add_seconds('known_from', '-1') }} else surely_created_at end as seen_from
from as_known
where
    not is_brought_along
    or not is_closed
    or closed_at > known_from
