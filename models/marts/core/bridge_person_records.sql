-- STUB: replaced by its owner
select
    cast(null as varchar) as person_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as record_id,
    cast(null as varchar) as record_type,
    cast(null as varchar) as link_method,
    cast(null as boolean) as is_survivor
where false
