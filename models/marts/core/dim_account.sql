-- STUB: replaced by its owner
select
    cast(null as varchar) as account_id,
    cast(null as varchar) as ultimate_parent_account_id,
    cast(null as varchar) as domain,
    cast(null as varchar) as industry,
    cast(null as bigint) as employee_count,
    cast(null as varchar) as segment,
    cast(null as boolean) as is_target_account,
    cast(null as boolean) as is_customer,
    cast(null as varchar) as owner_id
where false
