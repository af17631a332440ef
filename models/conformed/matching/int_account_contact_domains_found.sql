-- Domains that are an account's by the mail of its contacts, though the CRM does not state them.
with

crm_links as (

    select * from {{ ref('int_account_matches_by_crm_link') }}

),

conversions as (

    select * from {{ ref('int_account_matches_by_conversion') }}

),

people as (

    select * from {{ ref('int_person_match_facts_collected') }}

),

accounts as (

    select * from {{ ref('int_account_match_facts_collected') }}

),

method_rules as (

    select *
    from {{ ref('stg_rules__matching') }}
    where method = 'contact_domain'

),

linked_people as (

    select
        coalesce(crm_links.person_id, conversions.person_id) as person_id,
        coalesce(crm_links.account_id, conversions.account_id) as account_id
    from crm_links
    full outer join conversions
        on crm_links.person_id = conversions.person_id

),

contacts_by_domain as (

    select
        linked_people.account_id,
        people.email_domain_key as domain_key,
        count(*) as people_count
    from linked_people
    inner join people
        on linked_people.person_id = people.person_id
    where people.email_domain_key is not null
    group by linked_people.account_id, people.email_domain_key

),

shares as (  -- a majority both ways: else an agency's mail would be that of the client it works for

    select
        account_id,
        domain_key,
        people_count,
        people_count / cast(sum(people_count) over (partition by account_id) as double) as share_of_account,
        people_count / cast(sum(people_count) over (partition by domain_key) as double) as share_of_domain
    from contacts_by_domain

),

found as (

    select
        shares.account_id,
        shares.domain_key
    from shares
    inner join accounts
        on shares.account_id = accounts.account_id
    cross join method_rules  -- one row
    where
        shares.people_count >= method_rules.min_people
        and shares.share_of_account >= method_rules.min_share
        and shares.share_of_domain >= method_rules.min_share
        and (accounts.domain_key is null or accounts.domain_key <> shares.domain_key)

)

select * from found
