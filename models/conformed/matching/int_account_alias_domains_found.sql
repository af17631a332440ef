with

aliases as (

    select * from {{ ref('stg_rules__domain_aliases') }}

),

domains as (

    select * from {{ ref('int_domains_classified') }}

),

accounts as (

    select * from {{ ref('int_account_match_facts_collected') }}

),

aliases_in_force as (

    select
        aliases.account_id,
        alias_domains.registrable_domain as domain_key,
        canonical_domains.registrable_domain as canonical_domain_key
    from aliases
    inner join domains as alias_domains
        on aliases.alias_domain = alias_domains.host
    left join domains as canonical_domains
        on aliases.canonical_domain = canonical_domains.host
    where {{ is_in_force('aliases', as_of()) }}

),

found as (

    select
        accounts.account_id,
        aliases_in_force.domain_key
    from aliases_in_force
    inner join accounts
        on aliases_in_force.account_id = accounts.account_id

    union

    select
        accounts.account_id,
        aliases_in_force.domain_key
    from aliases_in_force
    inner join accounts
        on aliases_in_force.canonical_domain_key = accounts.domain_key

)

select * from found
