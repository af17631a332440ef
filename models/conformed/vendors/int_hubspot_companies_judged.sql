{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: landed row of HubSpot's company, as an account. Merged into another company, or into the Salesforce account
-- that HubSpot syncs it with.
with

companies as (

    select * from {{ ref('stg_hubspot__company') }}

),

mergers as (

    select * from {{ ref('int_hubspot_company_merges_found') }}

),

accounts as (

    select * from {{ ref('int_hubspot_company_accounts_named') }}

),

owners as (

    select * from {{ ref('int_hubspot_owners_judged') }}
    where disposition in ('current', 'merged')

),

judged as (

    select
        companies.source_system,
        companies.source_table,
        companies.source_row_number,
        companies.row_key,
        case
            when companies.disposition in ('current', 'deleted') and mergers.company_id is not null then 'merged'
            when companies.disposition = 'current' and accounts.is_salesforce_account then 'merged'
            else companies.disposition
        end as disposition,
        concat_ws(
            ',',
            nullif(companies.reason_codes, ''),
            case
                when companies.disposition = 'current' and mergers.company_id is null and accounts.is_salesforce_account
                    then 'same_as_salesforce'
            end
        ) as reason_codes,
        {{ passed_from('companies', 'hubspot', 'company', 'accounts') }}
        coalesce(accounts.account_id, {{ qualified_id('hubspot', 'companies.id') }}) as account_id,
        companies.name as account_name,
        coalesce(companies.domain, companies.website) as domain,
        coalesce(parents.account_id, {{ qualified_id('hubspot', 'companies.hs_parent_company_id') }})
            as parent_account_id,
        case when lower(companies.lifecyclestage) in ('customer', 'evangelist') then 'customer' else companies.type end
            as account_type,
        companies.industry,
        companies.numberofemployees as employee_count,
        companies.annualrevenue as annual_revenue,
        companies.country,
        coalesce(owners.rep_id, {{ qualified_id('hubspot', 'companies.hubspot_owner_id') }}) as owner_id,
        companies.hs_is_target_account as is_target_account,
        companies.createdate as created_at,
        companies.createdate_precision as created_at_precision,
        coalesce(companies.is_deleted, false) as is_deleted
    from companies
    left join mergers
        on companies.id = mergers.merged_company_id
    left join accounts
        on companies.id = accounts.company_id
    left join accounts as parents
        on companies.hs_parent_company_id = parents.company_id
    left join owners
        on companies.hubspot_owner_id = owners.owner_id

)

select * from judged
