-- STUB: replaced by its owner
select
    cast(null as varchar) as rule_id,
    cast(null as varchar) as criterion,
    cast(null as varchar) as segment,
    cast(null as double) as threshold,
    cast(null as integer) as window_days,
    cast(null as integer) as min_history_days,
    cast(null as integer) as sort_order,
    cast(null as varchar) as missing_text,
    cast(null as varchar) as next_action,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until,
    cast(null as varchar) as rationale
where false
