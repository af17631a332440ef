-- STUB: replaced by its owner
select
    cast(null as varchar) as touch_key,
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_touch_id,
    cast(null as varchar) as record_key,
    cast(null as varchar) as person_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as rep_id,
    cast(null as varchar) as touch_type,
    cast(null as timestamp) as touched_at,
    cast(null as varchar) as touched_at_precision,
    cast(null as boolean) as is_completed,
    cast(null as boolean) as is_automated,
    cast(null as varchar) as outcome,
    cast(null as timestamp) as occurred_at
where false
