-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as account_id,
cast(null as varchar) as account_name,
cast(null as varchar) as domain,
cast(null as varchar) as parent_account_id,
cast(null as varchar) as account_type,
cast(null as varchar) as industry,
cast(null as bigint) as employee_count,
cast(null as numeric(18, 2)) as annual_revenue,
cast(null as varchar) as country,
cast(null as varchar) as owner_id,
cast(null as boolean) as is_target_account,
cast(null as timestamp) as created_at,
cast(null as varchar) as created_at_precision,
cast(null as boolean) as is_deleted
where false
