-- STUB: replaced by its owner
select
    cast(null as varchar) as rule_id,
    cast(null as integer) as sort_order,
    cast(null as varchar) as match_field,
    cast(null as varchar) as operator,
    cast(null as varchar) as value,
    cast(null as varchar) as channel,
    cast(null as varchar) as rationale
where false
