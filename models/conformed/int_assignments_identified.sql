-- STUB: replaced by its owner
select
    cast(null as varchar) as assignment_key,
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_assignment_id,
    cast(null as varchar) as record_key,
    cast(null as varchar) as person_id,
    cast(null as timestamp) as assigned_at,
    cast(null as varchar) as assigned_at_precision,
    cast(null as varchar) as old_owner_id,
    cast(null as varchar) as new_owner_id,
    cast(null as varchar) as assignment_source
where false
