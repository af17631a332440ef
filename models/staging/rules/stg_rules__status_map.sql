-- STUB: replaced by its owner
select
    cast(null as varchar) as source_system,
    cast(null as varchar) as crm_status,
    cast(null as varchar) as status,
    cast(null as varchar) as outcome_reason,
    cast(null as varchar) as rationale
where false
