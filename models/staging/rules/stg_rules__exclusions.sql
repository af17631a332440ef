-- STUB: replaced by its owner
select
    cast(null as varchar) as rule_id,
    cast(null as integer) as sort_order,
    cast(null as varchar) as exclusion_reason,
    cast(null as varchar) as attribute,
    cast(null as varchar) as operator,
    cast(null as varchar) as value,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until,
    cast(null as varchar) as rationale
where false
