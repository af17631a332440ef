{{ config(enabled=is_source_enabled('pardot')) }}

-- Grain: prospect on an opportunity.
with

links as (

    select * from {{ ref('stg_pardot__opportunity_prospect') }}

),

opportunities as (

    select * from {{ ref('int_pardot_opportunities_judged') }}
    where disposition in ('current', 'merged')

),

linked as (

    select
        links.source_system,
        links.source_table,
        links.row_key,
        links.disposition,
        coalesce(opportunities.opportunity_id, {{ qualified_id('pardot', 'links.opportunity_id') }}) as opportunity_id,
        links.record_key,
        links.prospect_id as record_id,
        cast(null as varchar) as role,
        false as is_primary
    from links
    left join opportunities
        on links.opportunity_id = opportunities.row_key

)

select * from linked
