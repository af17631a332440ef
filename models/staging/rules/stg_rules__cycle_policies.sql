-- STUB: replaced by its owner
select
    cast(null as varchar) as rule_id,
    cast(null as integer) as sort_order,
    cast(null as varchar) as segment,
    cast(null as integer) as cool_down_days,
    cast(null as integer) as expire_days,
    cast(null as integer) as recycle_wake_days,
    cast(null as integer) as hand_raise_join_hours,
    cast(null as integer) as outcome_window_days,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until,
    cast(null as varchar) as rationale
where false
