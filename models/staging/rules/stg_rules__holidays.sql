-- STUB: replaced by its owner
select
    cast(null as varchar) as calendar_id,
    cast(null as date) as holiday_date,
    cast(null as varchar) as holiday_name,
    cast(null as bigint) as opens_second,
    cast(null as bigint) as closes_second
where false
