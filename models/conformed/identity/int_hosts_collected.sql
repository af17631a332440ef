with

people as (

    select * from {{ ref('int_people_unioned') }}

),

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

),

aliases as (

    select * from {{ ref('stg_rules__domain_aliases') }}

),

addresses as (

    select {{ host_of("split_part(email, '@', 2)") }} as host
    from people

    union

    select {{ host_of('company_domain') }} as host
    from people

    union

    select {{ host_of('domain') }} as host
    from accounts

    union

    select alias_domain as host
    from aliases

    union

    select canonical_domain as host
    from aliases

),

hosts as (

    select host
    from addresses
    where host is not null

)

select * from hosts
