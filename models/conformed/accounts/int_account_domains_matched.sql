with

accounts as (

    select
        account_id,
        domain as address,
        {{ host_of('domain') }} as host
    from {{ ref('int_accounts_unioned') }}

),

shared_pages as (

    select * from {{ ref('int_shared_pages_found') }}

),

domains as (

    select * from {{ ref('int_domains_classified') }}

),

account_domains as (

    select
        accounts.account_id,
        domains.domain,
        domains.registrable_domain,
        domains.is_company_domain
    from accounts
    inner join domains
        on accounts.host = domains.host
    left join shared_pages
        on accounts.address = shared_pages.address
    where shared_pages.address is null

)

select * from account_domains
