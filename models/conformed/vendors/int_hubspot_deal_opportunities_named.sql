{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: deal that HubSpot has, or had until it was merged. The opportunity that it is: the Salesforce opportunity that
-- HubSpot syncs it with where Salesforce landed that, else its own; a merged deal is the one it was merged into.
with

deals as (

    select * from {{ ref('stg_hubspot__deal') }}
    where disposition = 'current'

),

mergers as (

    select * from {{ ref('int_hubspot_deal_merges_found') }}

),

salesforce_opportunities as (

    {% if is_source_enabled('salesforce') %}
        select
            {{ record_id_stem("'salesforce'", 'row_key') }} as opportunity_stem,
            min(opportunity_id) as opportunity_id
        from {{ ref('stg_salesforce__opportunity') }}
        where disposition = 'current'
        group by opportunity_stem
    {% else %}
        select
            cast(null as varchar) as opportunity_stem,
            cast(null as varchar) as opportunity_id
        where false
    {% endif %}

),

deal_ids as (

    select
        deals.deal_id,
        coalesce(mergers.deal_id, deals.deal_id) as standing_deal_id
    from deals
    left join mergers
        on deals.deal_id = mergers.merged_deal_id

    union

    select
        merged_deal_id as deal_id,
        deal_id as standing_deal_id
    from mergers

),

named as (

    select
        deal_ids.deal_id,
        coalesce(
            salesforce_opportunities.opportunity_id, {{ qualified_id('hubspot', 'deal_ids.standing_deal_id') }}
        ) as opportunity_id,
        salesforce_opportunities.opportunity_id is not null as is_salesforce_opportunity
    from deal_ids
    left join deals
        on deal_ids.standing_deal_id = deals.deal_id
    left join salesforce_opportunities
        on
            {{ record_id_stem("'salesforce'", 'deals.salesforceopportunityid') }}
            = salesforce_opportunities.opportunity_stem

)

select * from named
