{{ config(
    post_hook="{{ add_passed_columns(this, 'accounts', ref('int_accounts_enriched'), 'account_id') }}",
) }}

with

enriched as (

    select * from {{ ref('int_accounts_enriched') }}

),

accounts as (

    select
        account_id,
        parent_account_id,
        ultimate_parent_account_id,
        hierarchy_depth,
        is_in_parent_ring,
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
