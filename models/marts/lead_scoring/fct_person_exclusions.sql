-- STUB: replaced by its owner
select
    cast(null as varchar) as person_id,
    cast(null as varchar) as rule_id,
    cast(null as varchar) as exclusion_reason,
    cast(null as integer) as sort_order,
    cast(null as varchar) as evidence,
    cast(null as timestamp) as excluded_from
where false
