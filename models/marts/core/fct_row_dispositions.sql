-- STUB: replaced by its owner
select
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_table,
    cast(null as bigint) as source_row_number,
    cast(null as varchar) as row_key,
    cast(null as varchar) as disposition,
    cast(null as varchar) as reason_codes
where false
