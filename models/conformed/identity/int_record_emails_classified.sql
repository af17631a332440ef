{{ config(materialized='table') }}

with

people as (

    select * from {{ ref('int_people_unioned') }}

),

domains as (

    select * from {{ ref('int_domains_classified') }}

),

role_mailboxes as (

    select * from {{ ref('stg_rules__role_mailboxes') }}

),

addresses as (

    select
        record_key,
        nullif(lower(trim(email)), '') as email,
        split_part(split_part(lower(trim(email)), '@', 1), '+', 1) as mailbox,
        case
            when {{ matches_pattern('lower(trim(email))', "'^[^@\\s,;:<>()\"]+@[^@\\s]+$'") }}
                then {{ host_of("split_part(email, '@', 2)") }}
        end as host
    from people

),

classified as (

    select
        addresses.record_key,
        addresses.email,
        domains.domain as email_domain,
        domains.is_company_domain,
        (role_mailboxes.local_part is not null) as is_role_mailbox,
        case
            when addresses.email is null then 'missing'
            when addresses.host is null then 'invalid'
            when domains.domain_kind in ('own', 'competitor', 'partner', 'vendor', 'disposable')
                then domains.domain_kind
            when role_mailboxes.local_part is not null then 'role'
            when domains.domain_kind in ('free', 'isp') then 'free'
            else 'corporate'
        end as email_kind
    from addresses
    left join domains
        on addresses.host = domains.host
    left join role_mailboxes
        on addresses.mailbox = role_mailboxes.local_part

),

linkable as (

    select
        record_key,
        email,
        email_domain,
        email_kind,
        coalesce(is_company_domain, false) as is_company_domain,
        -- an address that one human reads: only such an address says that two records are one person
        (email_kind not in ('missing', 'invalid', 'disposable') and not is_role_mailbox) as is_personal
    from classified

)

select * from linkable
