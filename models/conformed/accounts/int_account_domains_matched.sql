with

accounts as (

    select
        account_id,
        {{ host_of('domain') }} as host
    from {{ ref('int_accounts_unioned') }}

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

)

select * from account_domains
