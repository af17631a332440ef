-- STUB: replaced by its owner
select
    cast(null as varchar) as change_key,
    cast(null as varchar) as source_system,
    cast(null as varchar) as opportunity_id,
    cast(null as timestamp) as changed_at,
    cast(null as varchar) as new_stage,
    cast(null as numeric(18, 2)) as amount
where false
