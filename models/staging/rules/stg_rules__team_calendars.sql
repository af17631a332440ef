-- STUB: replaced by its owner
select
    cast(null as varchar) as team,
    cast(null as varchar) as calendar_id,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until
where false
