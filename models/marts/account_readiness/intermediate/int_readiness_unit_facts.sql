{{ config(materialized='table') }}

-- Grain: unit. What is known of it besides its people: a family is of its parent's segment, else of its largest
-- member's; it is as old as its oldest member, a customer since its first win, a target if any member is.
with

units as (

    select * from {{ ref('int_readiness_units') }}

),

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

members as (

    select
        units.unit_id,
        units.unit_kind,
        units.head_account_id,
        accounts.account_id,
        accounts.segment,
        accounts.created_at,
        accounts.customer_since,
        accounts.is_target_account,
        row_number() over (
            partition by units.unit_id
            order by
                case when accounts.segment = 'unknown' then 1 else 0 end asc,
                case when accounts.account_id = units.head_account_id then 0 else 1 end asc,
                accounts.employee_count desc nulls last,
                accounts.account_id asc
        ) as segment_rank
    from units
    inner join accounts
        on units.account_id = accounts.account_id

),

facts as (

    select
        unit_id,
        unit_kind,
        head_account_id,
        cast(count(*) as bigint) as member_count,
        max(case when segment_rank = 1 then segment end) as segment,
        min(created_at) as created_at,
        min(customer_since) as customer_since,
        coalesce(bool_or(is_target_account), false) as is_target_account
    from members
    group by unit_id, unit_kind, head_account_id

)

select * from facts
