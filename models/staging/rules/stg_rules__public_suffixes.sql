-- STUB: replaced by its owner
select
    cast(null as varchar) as suffix,
    cast(null as varchar) as rule_kind,
    cast(null as integer) as label_count
where false
