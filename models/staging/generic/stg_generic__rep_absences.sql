-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as rep_id,
cast(null as timestamp) as absent_from,
cast(null as varchar) as absent_from_precision,
cast(null as timestamp) as absent_until
where false
