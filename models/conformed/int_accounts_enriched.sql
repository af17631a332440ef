-- STUB: replaced by its owner
select
    cast(null as varchar) as account_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as account_name,
    cast(null as varchar) as domain,
    cast(null as varchar) as parent_account_id,
    cast(null as varchar) as ultimate_parent_account_id,
    cast(null as varchar) as account_type,
    cast(null as varchar) as industry,
    cast(null as bigint) as employee_count,
    cast(null as numeric(18, 2)) as annual_revenue,
    cast(null as varchar) as country,
    cast(null as varchar) as owner_id,
    cast(null as boolean) as is_target_account,
    cast(null as varchar) as segment,
    cast(null as timestamp) as customer_since,
    cast(null as boolean) as is_customer,
    cast(null as timestamp) as created_at
where false
