with

people as (

    select * from {{ ref('int_person_match_facts_collected') }}

),

account_keys as (

    select *
    from {{ ref('int_account_keys_counted') }}
    where key_kind = 'contact_domain'

),

matches as (  -- several accounts of one domain all stand here: whoever decides sees the tie

    select
        people.person_id,
        account_keys.account_id,
        'contact_domain' as account_match_method,
        account_keys.key_account_count,
        {{ is_only_one_of_family_in_country('account_keys', 'people') }} as is_family_pick
    from people
    inner join account_keys
        on people.email_domain_key = account_keys.match_key

)

select * from matches
