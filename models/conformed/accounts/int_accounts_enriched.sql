{{ config(materialized='table') }}

with

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

),

account_domains as (

    select * from {{ ref('int_account_domains_matched') }}

),

parents as (

    select * from {{ ref('int_account_parents_resolved') }}

),

customers as (

    select * from {{ ref('int_customers_identified') }}

),

segments as (

    select *
    from {{ ref('stg_rules__segments') }}
    where segment <> 'unknown'

),

enriched as (

    select
        accounts.account_id,
        {%- for name in passed_columns('accounts') %}
        accounts.{{ name }},
        {%- endfor %}
        accounts.source_system,
        accounts.account_name,
        account_domains.domain,
        parents.parent_account_id,
        parents.ultimate_parent_account_id,
        parents.hierarchy_depth,
        parents.is_in_parent_ring,
        accounts.account_type,
        accounts.industry,
        accounts.employee_count,
        accounts.annual_revenue,
        accounts.country,
        accounts.owner_id,
        accounts.is_target_account,
        coalesce(segments.segment, 'unknown') as segment,
        customers.customer_since,
        coalesce(customers.customer_since <= {{ as_of() }}, false) as is_customer,
        accounts.created_at
    from accounts
    left join account_domains
        on accounts.account_id = account_domains.account_id
    left join parents
        on accounts.account_id = parents.account_id
    left join customers
        on accounts.account_id = customers.account_id
    left join segments  -- segments do not overlap: at most one
        on {{ is_in_segment('segments', 'accounts.employee_count') }}

)

select * from enriched
