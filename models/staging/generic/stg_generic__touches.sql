-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as touch_id,
cast(null as varchar) as record_key,
cast(null as varchar) as record_id,
cast(null as varchar) as account_id,
cast(null as varchar) as rep_id,
cast(null as varchar) as touch_type,
cast(null as timestamp) as occurred_at,
cast(null as varchar) as occurred_at_precision,
cast(null as timestamp) as completed_at,
cast(null as varchar) as outcome,
cast(null as boolean) as is_automated,
cast(null as boolean) as is_completed
where false
