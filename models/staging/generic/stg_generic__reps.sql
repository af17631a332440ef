-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as rep_id,
cast(null as varchar) as rep_name,
cast(null as varchar) as email,
cast(null as varchar) as team,
cast(null as varchar) as role,
cast(null as varchar) as manager_id,
cast(null as varchar) as calendar_id,
cast(null as boolean) as is_active,
cast(null as boolean) as is_automation
where false
