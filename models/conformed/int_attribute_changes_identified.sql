-- STUB: replaced by its owner
select
    cast(null as varchar) as change_key,
    cast(null as varchar) as source_system,
    cast(null as varchar) as person_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as attribute,
    cast(null as timestamp) as changed_at,
    cast(null as varchar) as old_value,
    cast(null as varchar) as new_value
where false
