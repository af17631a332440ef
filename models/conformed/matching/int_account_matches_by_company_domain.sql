with

people as (

    select
        person_id,
        {{ host_of('company_domain') }} as host
    from {{ ref('int_person_fields_survived') }}

),

domains as (

    select * from {{ ref('int_domains_classified') }}

),

accounts as (

    select * from {{ ref('int_account_domains_matched') }}

),

matches as (  -- several accounts of one domain all stand here: whoever decides sees the tie

    select
        people.person_id,
        accounts.account_id,
        'company_domain' as account_match_method
    from people
    inner join domains
        on people.host = domains.host
    inner join accounts
        on domains.registrable_domain = accounts.registrable_domain
    where
        domains.is_company_domain
        and accounts.is_company_domain

)

select * from matches
