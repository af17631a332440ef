-- STUB: replaced by its owner
select
    cast(null as varchar) as opportunity_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as role,
    cast(null as boolean) as is_primary,
    cast(null as varchar) as link_method
where false
