with

enriched as (

    select * from {{ ref('int_accounts_enriched') }}

),

accounts as (

    select
        account_id,
        ultimate_parent_account_id,
        domain,
        industry,
        employee_count,
        segment,
        is_target_account,
        is_customer,
        owner_id
    from enriched

)

select * from accounts
