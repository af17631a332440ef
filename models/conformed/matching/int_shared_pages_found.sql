{{ config(materialized='table') }}

-- Grain: web address that a record gave of its company and that is a page of a site which many share: it says who hosts
-- the page, and not which company it is. A site's own address (linkedin.com) is that of the company behind it.
with

people as (

    select * from {{ ref('int_people_unioned') }}

),

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

),

shared_sites as (

    select * from {{ ref('stg_rules__shared_sites') }}

),

addresses as (

    select company_domain as address from people

    union

    select domain as address from accounts

),

parted as (

    select
        address,
        {{ host_of('address') }} as host,
        {{ matches_pattern('address', "'^([a-zA-Z][a-zA-Z0-9+.-]*://)?[^/?#:]+(:[0-9]+)?/+[^/?#]'") }} as has_path
    from addresses
    where address is not null

),

shared_pages as (

    select distinct parted.address
    from parted
    inner join shared_sites
        on
            shared_sites.site = {{ last_labels('parted.host', 2) }}
            or shared_sites.site = {{ last_labels('parted.host', 3) }}
    where
        parted.has_path
        or parted.host not in (shared_sites.site, 'www.' || shared_sites.site)

)

select * from shared_pages
