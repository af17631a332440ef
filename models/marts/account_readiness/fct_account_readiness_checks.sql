-- STUB: replaced by its owner
select
    cast(null as varchar) as account_id,
    cast(null as varchar) as criterion,
    cast(null as varchar) as status,
    cast(null as double) as actual,
    cast(null as double) as threshold,
    cast(null as varchar) as rule_id
where false
