with

accounts as (

    select
        account_id,
        lower(account_type) as account_type
    from {{ ref('int_accounts_unioned') }}

),

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}

),

customer_rules as (

    select *
    from {{ ref('stg_rules__exclusions') }}
    where
        exclusion_reason = 'customer'
        and attribute = 'account_type'

),

first_wins as (

    select
        account_id,
        min(closed_at) as customer_since
    from opportunities
    where is_won
    group by account_id

),

typed_customers as (

    select distinct accounts.account_id
    from accounts
    inner join customer_rules
        on {{ rule_applies('accounts.account_type', 'null', 'customer_rules.operator', 'customer_rules.value') }}
    where {{ is_in_force('customer_rules', as_of()) }}

),

customers as (

    select
        accounts.account_id,
        coalesce(
            first_wins.customer_since,
            -- the CRM calls it a customer and no deal says since when: it always was
            case when typed_customers.account_id is not null then cast('1900-01-01 00:00:00' as timestamp) end
        ) as customer_since
    from accounts
    left join first_wins
        on accounts.account_id = first_wins.account_id
    left join typed_customers
        on accounts.account_id = typed_customers.account_id

)

select * from customers
