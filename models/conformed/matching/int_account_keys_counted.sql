{{ config(materialized='table') }}

-- What an account can be found by, and how many bear the same: few candidates a key, so that no common name multiplies.
with

accounts as (

    select * from {{ ref('int_account_match_facts_collected') }}

),

alias_domains as (

    select * from {{ ref('int_account_alias_domains_found') }}

),

contact_domains as (

    select * from {{ ref('int_account_contact_domains_found') }}

),

names as (

    select * from {{ ref('int_company_names_keyed') }}

),

keys as (

    select
        'stated_domain' as key_kind,
        domain_key as match_key,
        account_id,
        cast(null as varchar) as legal_form
    from accounts
    where domain_key is not null

    union all

    select
        'alias_domain' as key_kind,
        domain_key as match_key,
        account_id,
        cast(null as varchar) as legal_form
    from alias_domains

    union all

    select
        'contact_domain' as key_kind,
        domain_key as match_key,
        account_id,
        cast(null as varchar) as legal_form
    from contact_domains

    union all

    select
        'name' as key_kind,
        names.name_key as match_key,
        accounts.account_id,
        names.legal_form
    from accounts
    inner join names
        on accounts.account_name = names.name_text

    union all

    select
        'name_country' as key_kind,
        accounts.country_code || ' ' || names.name_key as match_key,
        accounts.account_id,
        names.legal_form
    from accounts
    inner join names
        on accounts.account_name = names.name_text
    where accounts.country_code is not null

),

keys_counted as (

    select
        keys.key_kind,
        keys.match_key,
        keys.account_id,
        keys.legal_form,
        accounts.domain_key,
        accounts.country_code,
        count(*) over (partition by keys.key_kind, keys.match_key) as key_account_count,
        count(*) over (partition by keys.key_kind, keys.match_key, accounts.country_code) as country_account_count,
        (
            min(accounts.ultimate_parent_account_id) over (partition by keys.key_kind, keys.match_key)
            = max(accounts.ultimate_parent_account_id) over (partition by keys.key_kind, keys.match_key)
        ) as is_one_family,
        row_number() over (
            partition by keys.key_kind, keys.match_key
            order by case when accounts.country_code is null then 0 else 1 end asc, keys.account_id asc
        ) as key_rank
    from keys
    inner join accounts
        on keys.account_id = accounts.account_id

),

few as (

    select *
    from keys_counted
    where
        key_rank <= {{ most_candidates_listed() }}
        or (is_one_family and country_account_count = 1)

)

select * from few
