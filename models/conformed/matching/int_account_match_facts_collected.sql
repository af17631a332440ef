{{ config(materialized='table') }}

with

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

),

account_domains as (

    select * from {{ ref('int_account_domains_matched') }}
    where is_company_domain

),

parents as (

    select * from {{ ref('int_account_parents_resolved') }}

),

countries as (

    select * from {{ ref('int_countries_recognised') }}

),

facts as (

    select
        accounts.account_id,
        accounts.account_name,
        account_domains.registrable_domain as domain_key,
        countries.country_code,
        parents.ultimate_parent_account_id
    from accounts
    inner join parents
        on accounts.account_id = parents.account_id
    left join account_domains
        on accounts.account_id = account_domains.account_id
    left join countries
        on accounts.country = countries.country_text

)

select * from facts
