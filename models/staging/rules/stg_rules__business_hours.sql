-- STUB: replaced by its owner
select
    cast(null as varchar) as calendar_id,
    cast(null as integer) as iso_weekday,
    cast(null as bigint) as opens_second,
    cast(null as bigint) as closes_second,
    cast(null as date) as effective_from,
    cast(null as date) as effective_until
where false
