with

people as (

    select * from {{ ref('int_people_unioned') }}

),

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

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

),

hosts as (

    select host
    from addresses
    where host is not null

)

select * from hosts
