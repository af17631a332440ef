-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as change_id,
cast(null as varchar) as opportunity_id,
cast(null as timestamp) as changed_at,
cast(null as varchar) as changed_at_precision,
cast(null as varchar) as new_stage,
cast(null as numeric(18, 2)) as amount
where false
