-- STUB: replaced by its owner
select
    cast(null as varchar) as policy_id,
    cast(null as integer) as sort_order,
    cast(null as varchar) as priority,
    cast(null as varchar) as segment,
    cast(null as varchar) as channel,
    cast(null as boolean) as is_hand_raise,
    cast(null as varchar) as clock,
    cast(null as bigint) as target_seconds,
    cast(null as varchar) as calendar_id,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until,
    cast(null as varchar) as rationale
where false
