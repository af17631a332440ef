-- STUB: replaced by its owner
select
    cast(null as varchar) as rep_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as rep_name,
    cast(null as varchar) as team,
    cast(null as varchar) as role,
    cast(null as varchar) as manager_id,
    cast(null as varchar) as calendar_id,
    cast(null as boolean) as is_active,
    cast(null as boolean) as is_automation,
    cast(null as boolean) as is_known
where false
