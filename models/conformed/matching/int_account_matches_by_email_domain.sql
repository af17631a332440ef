with

people as (

    select * from {{ ref('int_person_fields_survived') }}

),

accounts as (

    select * from {{ ref('int_account_domains_matched') }}

),

matches as (  -- several accounts of one domain all stand here: whoever decides sees the tie

    select
        people.person_id,
        accounts.account_id,
        'email_domain' as account_match_method
    from people
    inner join accounts
        on people.email_domain = accounts.registrable_domain
    where
        people.is_company_email
        and accounts.is_company_domain

)

select * from matches
