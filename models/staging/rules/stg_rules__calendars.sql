-- STUB: replaced by its owner
select
    cast(null as varchar) as calendar_id,
    cast(null as varchar) as time_zone,
    cast(null as boolean) as is_default,
    cast(null as varchar) as rationale
where false
