-- STUB: replaced by its owner
select
    cast(null as varchar) as change_key,
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_change_id,
    cast(null as varchar) as record_key,
    cast(null as varchar) as person_id,
    cast(null as timestamp) as changed_at,
    cast(null as varchar) as changed_at_precision,
    cast(null as varchar) as old_status,
    cast(null as varchar) as new_status,
    cast(null as varchar) as reason,
    cast(null as varchar) as changed_by,
    cast(null as varchar) as change_source
where false
