-- STUB: replaced by its owner
select
    cast(null as varchar) as status_interval_id,
    cast(null as varchar) as mql_id,
    cast(null as varchar) as person_id,
    cast(null as bigint) as cycle_number,
    cast(null as varchar) as status,
    cast(null as timestamp) as valid_from,
    cast(null as timestamp) as valid_until,
    cast(null as boolean) as is_current,
    cast(null as varchar) as reason,
    cast(null as varchar) as source,
    cast(null as boolean) as is_legal_transition
where false
