-- STUB: replaced by its owner
select
    cast(null as varchar) as rule_id,
    cast(null as integer) as sort_order,
    cast(null as varchar) as entry_reason,
    cast(null as varchar) as exclusion_reason,
    cast(null as varchar) as segment,
    cast(null as varchar) as grades,
    cast(null as boolean) as is_target_account,
    cast(null as boolean) as has_account_owner,
    cast(null as varchar) as next_action,
    cast(null as boolean) as opens_handoff,
    cast(null as varchar) as priority,
    cast(null as varchar) as action_reason,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until,
    cast(null as varchar) as rationale
where false
