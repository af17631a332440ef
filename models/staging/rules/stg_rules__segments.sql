-- STUB: replaced by its owner
select
    cast(null as varchar) as segment,
    cast(null as bigint) as min_employee_count,
    cast(null as bigint) as max_employee_count,
    cast(null as varchar) as rationale
where false
