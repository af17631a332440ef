{{ config(materialized='table') }}

with

people as (

    select * from {{ ref('int_people_unioned') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

emails as (

    select * from {{ ref('int_record_emails_classified') }}

),

shared_pages as (

    select * from {{ ref('int_shared_pages_found') }}

),

fields as (

    select
        survived.*,
        case when shared_pages.address is null then {{ host_of('survived.company_domain') }} end as company_host
    from {{ ref('int_person_fields_survived') }} as survived
    left join shared_pages
        on survived.company_domain = shared_pages.address

),

domains as (

    select * from {{ ref('int_domains_classified') }}

),

company_domains as (

    select * from {{ ref('int_company_domains_checked') }}

),

countries as (

    select * from {{ ref('int_countries_recognised') }}

),

company_addresses as (  -- the survivor's, else the one told last: a private address beside it hides no company's

    select
        records.person_id,
        emails.email_domain,
        row_number() over (
            partition by records.person_id
            order by
                case when records.is_survivor then 0 else 1 end asc,
                case when people.is_merged then 1 else 0 end asc,
                people.updated_at desc nulls last,
                people.record_key asc
        ) as address_rank
    from records
    inner join people
        on records.record_key = people.record_key
    inner join emails
        on records.record_key = emails.record_key
    where emails.is_company_domain

),

first_addresses as (

    select * from company_addresses
    where address_rank = 1

),

facts as (

    select
        fields.person_id,
        email_domains.domain as email_domain_key,
        stated_domains.domain as company_domain_key,
        -- acme.con is nobody's: a slip, and no other company
        (coalesce(email_domains.can_exist, false) or coalesce(stated_domains.can_exist, false))
            as has_domain_that_can_exist,
        fields.company_name,
        countries.country_code,
        -- our own people and partners write other companies' names, and the disposable mean none
        fields.email_kind not in ('own', 'partner', 'disposable') as is_matched_by_name
    from fields
    left join first_addresses
        on fields.person_id = first_addresses.person_id
    left join company_domains as email_domains
        on first_addresses.email_domain = email_domains.domain
    left join domains
        on
            fields.company_host = domains.host
            and domains.is_company_domain
    left join company_domains as stated_domains
        on domains.registrable_domain = stated_domains.domain
    left join countries
        on fields.country = countries.country_text

)

select * from facts
