with

staged as (

    {{ union_enabled('opportunity_contacts') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}

),

people_on_deals as (

    select
        staged.opportunity_id,
        records.person_id,
        staged.role,
        coalesce(staged.is_primary, false) as is_primary,
        'contact_role' as link_method,
        staged.record_key
    from staged
    inner join records
        on staged.record_key = records.record_key
    where staged.disposition = 'current'

    union all

    select
        people.converted_opportunity_id as opportunity_id,
        records.person_id,
        cast(null as varchar) as role,
        false as is_primary,
        'conversion' as link_method,
        people.record_key
    from people
    inner join records
        on people.record_key = records.record_key
    where people.converted_opportunity_id is not null

),

people_ranked as (  -- one row per person and deal: the primary role first, and a role before a conversion

    select
        people_on_deals.*,
        row_number() over (
            partition by people_on_deals.opportunity_id, people_on_deals.person_id
            order by
                case when people_on_deals.is_primary then 0 else 1 end,
                case people_on_deals.link_method when 'contact_role' then 0 else 1 end,
                case when people_on_deals.role is null then 1 else 0 end,
                people_on_deals.record_key,
                people_on_deals.role
        ) as person_rank
    from people_on_deals
    inner join opportunities
        on people_on_deals.opportunity_id = opportunities.opportunity_id

),

identified as (

    select
        opportunity_id,
        person_id,
        role,
        is_primary,
        link_method,
        record_key
    from people_ranked
    where person_rank = 1

)

select * from identified
