{{ config(materialized='table') }}

with

referrers as (

    select distinct
        referrer,
        {{ host_of('referrer') }} as referrer_host
    from {{ ref('int_signals_unioned') }}
    where referrer is not null

),

listed_domains as (

    select
        domain,
        referrer_kind
    from {{ ref('stg_rules__referrers') }}

),

own_domains as (

    select domain
    from {{ ref('stg_rules__own_domains') }}
    where domain_kind = 'own'

),

known_domains as (

    select
        domain,
        referrer_kind
    from listed_domains
    where domain not in (select own_domains.domain from own_domains)
    union all
    select
        domain,
        'own' as referrer_kind
    from own_domains

),

domains_measured as (

    select
        domain,
        referrer_kind,
        length(domain) - length(replace(domain, '.', '')) + 1 as label_count
    from known_domains

),

label_counts as (

    select distinct label_count
    from domains_measured

),

hosts as (

    select distinct referrer_host
    from referrers
    where referrer_host is not null

),

host_endings as (

    select
        hosts.referrer_host,
        {{ last_labels('hosts.referrer_host', 'label_counts.label_count') }} as ending
    from hosts
    cross join label_counts  -- every ending of the host that could be listed

),

hosts_matched as (

    select
        host_endings.referrer_host,
        domains_measured.domain,
        domains_measured.referrer_kind,
        row_number() over (
            partition by host_endings.referrer_host
            order by domains_measured.label_count desc
        ) as domain_number
    from host_endings
    inner join domains_measured
        on host_endings.ending = domains_measured.domain

),

closest_domains as (

    select * from hosts_matched
    where domain_number = 1

),

classified as (

    select
        referrers.referrer,
        referrers.referrer_host,
        coalesce(closest_domains.domain, referrers.referrer_host) as referrer_domain,
        coalesce(closest_domains.referrer_kind, 'other') as referrer_kind
    from referrers
    left join closest_domains  -- the most exact domain: gemini.google.com before google.com
        on referrers.referrer_host = closest_domains.referrer_host

)

select * from classified
