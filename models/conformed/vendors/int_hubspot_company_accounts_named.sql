{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: company that HubSpot has, or had until it was merged. The account that it is: the Salesforce account that
-- HubSpot syncs it with where Salesforce landed that, else its own; a merged company is the one it was merged into.
with

companies as (

    select * from {{ ref('stg_hubspot__company') }}
    where disposition = 'current'

),

mergers as (

    select * from {{ ref('int_hubspot_company_merges_found') }}

),

salesforce_accounts as (

    {% if is_source_enabled('salesforce') %}
        select
            {{ record_id_stem("'salesforce'", 'row_key') }} as account_stem,
            min(account_id) as account_id
        from {{ ref('stg_salesforce__account') }}
        where disposition = 'current'
        group by account_stem
    {% else %}
        select
            cast(null as varchar) as account_stem,
            cast(null as varchar) as account_id
        where false
    {% endif %}

),

company_ids as (

    select
        companies.id as company_id,
        coalesce(mergers.company_id, companies.id) as standing_company_id
    from companies
    left join mergers
        on companies.id = mergers.merged_company_id

    union

    select
        merged_company_id as company_id,
        company_id as standing_company_id
    from mergers

),

named as (

    select
        company_ids.company_id,
        coalesce(
            salesforce_accounts.account_id, {{ qualified_id('hubspot', 'company_ids.standing_company_id') }}
        ) as account_id,
        salesforce_accounts.account_id is not null as is_salesforce_account
    from company_ids
    left join companies
        on company_ids.standing_company_id = companies.id
    left join salesforce_accounts
        on {{ record_id_stem("'salesforce'", 'companies.salesforceaccountid') }} = salesforce_accounts.account_stem

)

select * from named
