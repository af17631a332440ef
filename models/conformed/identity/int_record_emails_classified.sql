{{ config(materialized='table') }}

with

emails as (

    select * from {{ ref('int_record_emails_normalised') }}

),

role_mailboxes as (

    select * from {{ ref('stg_rules__role_mailboxes') }}

),

shared_mailboxes as (

    select * from {{ ref('int_shared_mailboxes_found') }}

),

classified as (

    select
        emails.record_key,
        emails.email,
        emails.canonical_email,
        emails.domain as email_domain,
        coalesce(emails.is_company_domain, false) as is_company_domain,
        case
            when emails.email is null then 'missing'
            when emails.host is null then 'invalid'
            when emails.domain_kind in ('own', 'competitor', 'partner', 'vendor', 'disposable')
                then emails.domain_kind
            when role_mailboxes.local_part is not null then 'role'
            when emails.domain_kind in ('free', 'isp') then 'free'
            else 'corporate'
        end as email_kind,
        case
            when emails.email is null then 'missing'
            when emails.host is null then 'invalid'
            when emails.domain_kind = 'disposable' then 'disposable'
            when role_mailboxes.local_part is not null then 'role_mailbox'
            when shared_mailboxes.canonical_email is not null then 'shared_mailbox'
        end as impersonal_reason
    from emails
    left join role_mailboxes
        on emails.untagged_mailbox = role_mailboxes.local_part
    left join shared_mailboxes
        on emails.canonical_email = shared_mailboxes.canonical_email

),

linkable as (

    select
        record_key,
        email,
        canonical_email,
        email_domain,
        email_kind,
        is_company_domain,
        impersonal_reason,
        -- an address that one human reads: only such an address says that two records are one person
        (impersonal_reason is null) as is_personal
    from classified

)

select * from linkable
