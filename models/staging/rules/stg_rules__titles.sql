-- STUB: replaced by its owner
select
    cast(null as varchar) as rule_id,
    cast(null as integer) as sort_order,
    cast(null as varchar) as assigns,
    cast(null as varchar) as operator,
    cast(null as varchar) as value,
    cast(null as varchar) as assigned_value,
    cast(null as varchar) as rationale
where false
