{{ config(materialized='table') }}

with

people as (

    select * from {{ ref('int_people_unioned') }}

),

domains as (

    select * from {{ ref('int_domains_classified') }}

),

mail_providers as (

    select * from {{ ref('stg_rules__mail_providers') }}

),

unicode_hosts as (

    select * from {{ ref('int_hosts_in_unicode') }}

),

providers_known as (

    select
        coalesce(unicode_hosts.unicode_host, mail_providers.domain) as domain,
        mail_providers.canonical_domain,
        mail_providers.tag_separator,
        mail_providers.ignored_characters
    from mail_providers
    left join unicode_hosts
        on mail_providers.domain = unicode_hosts.host

),

addresses as (

    select
        record_key,
        nullif(lower(trim(email)), '') as email,
        {{ composed_letters("split_part(lower(trim(email)), '@', 1)") }} as mailbox,
        case
            when {{ matches_pattern('lower(trim(email))', "'^[^@\\s,;:<>()\"]+@[^@\\s]+$'") }}
                then {{ host_of("split_part(email, '@', 2)") }}
        end as host
    from people

),

addresses_judged as (

    select
        addresses.record_key,
        addresses.email,
        addresses.mailbox,
        addresses.host,
        coalesce(domains.unicode_host, addresses.host) as unicode_host,
        domains.domain,
        domains.domain_kind,
        domains.is_company_domain,
        providers.canonical_domain,
        coalesce(providers.ignored_characters, '') as ignored_characters,
        -- a mailbox that begins with the separator has no tag
        case
            when strpos(addresses.mailbox, providers.tag_separator) > 1
                then split_part(addresses.mailbox, providers.tag_separator, 1)
            else addresses.mailbox
        end as untagged_mailbox
    from addresses
    left join domains
        on addresses.host = domains.host
    left join providers_known as own_providers
        on domains.unicode_host = own_providers.domain
    left join providers_known as providers
        on coalesce(own_providers.domain, '*') = providers.domain

),

normalised as (

    select
        record_key,
        email,
        host,
        domain,
        domain_kind,
        is_company_domain,
        untagged_mailbox,
        coalesce(nullif(translate(untagged_mailbox, ignored_characters, ''), ''), untagged_mailbox)
        || '@' || coalesce(canonical_domain, unicode_host) as canonical_email
    from addresses_judged

)

select * from normalised
