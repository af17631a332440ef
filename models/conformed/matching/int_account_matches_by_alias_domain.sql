with

people as (

    select * from {{ ref('int_person_match_facts_collected') }}

),

account_keys as (

    select *
    from {{ ref('int_account_keys_counted') }}
    where key_kind = 'alias_domain'

),

alias_domains as (

    select distinct match_key
    from account_keys

),

aliases_brought as (  -- the e-mail address's domain, else the one stated beside it

    select
        people.person_id,
        people.country_code,
        coalesce(email_aliases.match_key, company_aliases.match_key) as match_key
    from people
    left join alias_domains as email_aliases
        on people.email_domain_key = email_aliases.match_key
    left join alias_domains as company_aliases
        on people.company_domain_key = company_aliases.match_key

),

matches as (  -- several accounts of one domain all stand here: whoever decides sees the tie

    select
        aliases_brought.person_id,
        account_keys.account_id,
        'alias_domain' as account_match_method,
        account_keys.key_account_count,
        {{ is_only_one_of_family_in_country('account_keys', 'aliases_brought') }} as is_family_pick
    from aliases_brought
    inner join account_keys
        on aliases_brought.match_key = account_keys.match_key

)

select * from matches
