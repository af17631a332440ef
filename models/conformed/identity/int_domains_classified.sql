with

registrable_domains as (

    select * from {{ ref('int_registrable_domains') }}

),

unicode_hosts as (

    select * from {{ ref('int_hosts_in_unicode') }}

),

own_domains as (

    select
        own_domains.domain_kind,
        coalesce(unicode_hosts.unicode_host, own_domains.domain) as domain
    from {{ ref('stg_rules__own_domains') }} as own_domains
    left join unicode_hosts
        on own_domains.domain = unicode_hosts.host

),

listed_domains as (

    select
        listed_domains.domain_kind,
        coalesce(unicode_hosts.unicode_host, listed_domains.domain) as domain
    from {{ ref('stg_rules__email_domains') }} as listed_domains
    left join unicode_hosts
        on listed_domains.domain = unicode_hosts.host

),

in_unicode as (

    select
        registrable_domains.host,
        coalesce(unicode_hosts.unicode_host, registrable_domains.host) as unicode_host,
        registrable_domains.registrable_domain as landed_domain
    from registrable_domains
    left join unicode_hosts
        on registrable_domains.host = unicode_hosts.host

),

named as (  -- the domain is as many labels of the host as it was before the host was decoded

    select
        host,
        unicode_host,
        case
            when landed_domain is not null
                then
                    {{ last_labels(
                        'unicode_host', "(length(landed_domain) - length(replace(landed_domain, '.', '')) + 1)"
                    ) }}
        end as registrable_domain
    from in_unicode

),

classified as (

    select
        named.host,
        named.unicode_host,
        coalesce(named.registrable_domain, named.unicode_host) as domain,
        named.registrable_domain,
        coalesce(
            own_domains.domain_kind, listed_hosts.domain_kind, listed_domains.domain_kind, 'corporate'
        ) as domain_kind
    from named
    left join own_domains
        on named.registrable_domain = own_domains.domain
    left join listed_domains as listed_hosts  -- some lists name a host below the registrable domain
        on named.unicode_host = listed_hosts.domain
    left join listed_domains
        on named.registrable_domain = listed_domains.domain

),

matchable as (

    select
        host,
        unicode_host,
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
