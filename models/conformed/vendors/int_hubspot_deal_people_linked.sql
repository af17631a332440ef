{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: deal x contact associated with it x buying role. HubSpot keeps the role on the contact, several parted by `;`.
with

associations as (

    select * from {{ ref('stg_hubspot__deal_contact') }}

),

deals as (

    select * from {{ ref('int_hubspot_deal_opportunities_named') }}

),

roles as (

    select
        id as contact_id,
        replace(lower(trim({{ list_parts('hs_buying_role', ';') }})), '_', ' ') as role
    from {{ ref('stg_hubspot__contact') }}
    where
        disposition = 'current'
        and hs_buying_role is not null

),

linked as (

    select distinct
        associations.source_system,
        associations.source_table,
        associations.row_key,
        associations.disposition,
        coalesce(deals.opportunity_id, {{ qualified_id('hubspot', 'associations.deal_id') }}) as opportunity_id,
        associations.record_key,
        associations.contact_id as record_id,
        roles.role,
        false as is_primary
    from associations
    left join deals
        on associations.deal_id = deals.deal_id
    left join roles  -- a row for each of the contact's roles
        on associations.contact_id = roles.contact_id

)

select * from linked
