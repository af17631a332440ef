-- STUB: replaced by its owner
select
    cast(null as varchar) as person_id,
    cast(null as boolean) as is_qualified,
    cast(null as varchar) as qualified_reason,
    cast(null as varchar) as held_back_reason,
    cast(null as varchar) as next_action,
    cast(null as varchar) as action_reason,
    cast(null as varchar) as priority,
    cast(null as varchar) as recommended_owner_id
where false
