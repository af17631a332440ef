-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as campaign_id,
cast(null as varchar) as record_key,
cast(null as varchar) as record_id,
cast(null as varchar) as status,
cast(null as boolean) as has_responded,
cast(null as timestamp) as responded_at,
cast(null as varchar) as responded_at_precision
where false
