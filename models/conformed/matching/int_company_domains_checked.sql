{{ config(materialized='table') }}

with

classified as (

    select * from {{ ref('int_domains_classified') }}

),

top_levels as (

    select suffix as top_level
    from {{ ref('stg_rules__public_suffixes') }}

    union

    -- set aside for examples and tests (RFC 2606)
    select reserved_top_levels.top_level
    from (values ('example'), ('invalid'), ('test')) as reserved_top_levels (top_level)

),

company_domains as (

    select distinct registrable_domain as domain
    from classified
    where is_company_domain

),

checked as (

    select
        company_domains.domain,
        (top_levels.top_level is not null) as can_exist
    from company_domains
    left join top_levels
        on split_part(company_domains.domain, '.', -1) = top_levels.top_level

)

select * from checked
