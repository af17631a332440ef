-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as opportunity_id,
cast(null as varchar) as record_key,
cast(null as varchar) as record_id,
cast(null as varchar) as role,
cast(null as boolean) as is_primary
where false
