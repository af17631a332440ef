with

registrable_domains as (

    select * from {{ ref('int_registrable_domains') }}

),

own_domains as (

    select * from {{ ref('stg_rules__own_domains') }}

),

listed_domains as (

    select * from {{ ref('stg_rules__email_domains') }}

),

classified as (

    select
        registrable_domains.host,
        coalesce(registrable_domains.registrable_domain, registrable_domains.host) as domain,
        registrable_domains.registrable_domain,
        coalesce(
            own_domains.domain_kind, listed_hosts.domain_kind, listed_domains.domain_kind, 'corporate'
        ) as domain_kind
    from registrable_domains
    left join own_domains
        on registrable_domains.registrable_domain = own_domains.domain
    left join listed_domains as listed_hosts  -- some lists name a host below the registrable domain
        on registrable_domains.host = listed_hosts.domain
    left join listed_domains
        on registrable_domains.registrable_domain = listed_domains.domain

),

matchable as (

    select
        host,
        domain,
        registrable_domain,
        domain_kind,
        -- one company owns it, and it is neither us nor somebody who brings us other companies' people
        (
            registrable_domain is not null and domain_kind not in ('free', 'isp', 'disposable', 'own', 'partner')
        ) as is_company_domain
    from classified

)

select * from matchable
