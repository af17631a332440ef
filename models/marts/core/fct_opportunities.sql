-- STUB: replaced by its owner
select
    cast(null as varchar) as opportunity_id,
    cast(null as varchar) as account_id,
    cast(null as timestamp) as created_at,
    cast(null as timestamp) as closed_at,
    cast(null as boolean) as is_won,
    cast(null as boolean) as is_closed,
    cast(null as varchar) as stage,
    cast(null as numeric(18, 2)) as amount,
    cast(null as varchar) as currency,
    cast(null as numeric(18, 2)) as corporate_amount,
    cast(null as varchar) as sourced_mql_id
where false
