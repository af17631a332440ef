-- STUB: replaced by its owner
select
    cast(null as varchar) as status,
    cast(null as integer) as status_order,
    cast(null as boolean) as is_outcome,
    cast(null as boolean) as is_accepted,
    cast(null as boolean) as is_sales_worked,
    cast(null as varchar) as entry_criteria,
    cast(null as varchar) as exit_criteria,
    cast(null as varchar) as evidence
where false
