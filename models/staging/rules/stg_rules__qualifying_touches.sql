-- STUB: replaced by its owner
select
    cast(null as varchar) as touch_type,
    cast(null as boolean) as stops_clock,
    cast(null as boolean) as is_meeting,
    cast(null as varchar) as rationale
where false
