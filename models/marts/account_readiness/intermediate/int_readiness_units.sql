-- Grain: unit x member account. A unit is what is judged: every account by itself, and every family of two accounts or
-- more under one ultimate parent as a whole.
with

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

family_members as (

    select
        account_id,
        ultimate_parent_account_id,
        count(*) over (partition by ultimate_parent_account_id) as member_count
    from accounts

),

units as (

    select
        {{ key_of(["'account'", 'account_id']) }} as unit_id,
        'account' as unit_kind,
        account_id as head_account_id,
        account_id
    from family_members

    union all

    select
        {{ key_of(["'family'", 'ultimate_parent_account_id']) }} as unit_id,
        'family' as unit_kind,
        ultimate_parent_account_id as head_account_id,
        account_id
    from family_members
    where member_count > 1

)

select * from units
