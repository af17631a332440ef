-- STUB: replaced by its owner
select
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_table,
    cast(null as bigint) as rows_in,
    cast(null as timestamp) as newest_row_at
where false
