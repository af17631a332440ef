{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: deal with a company. The account of its primary company, else of the first that HubSpot still has.
with

accounts as (

    select * from {{ ref('int_hubspot_company_accounts_named') }}

),

companies_ranked as (

    select
        deal_companies.deal_id,
        coalesce(accounts.account_id, {{ qualified_id('hubspot', 'deal_companies.company_id') }}) as account_id,
        row_number() over (
            partition by deal_companies.deal_id
            order by
                case when deal_companies.type_id = '5' then 0 else 1 end,  -- HubSpot's type of the primary company
                case when accounts.company_id is null then 1 else 0 end,
                deal_companies.company_id
        ) as company_rank
    from {{ ref('stg_hubspot__deal_company') }} as deal_companies
    left join accounts
        on deal_companies.company_id = accounts.company_id
    where deal_companies.disposition = 'current'

)

select
    deal_id,
    account_id
from companies_ranked
where company_rank = 1
