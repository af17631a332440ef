-- STUB: replaced by its owner
select
    cast(null as varchar) as signal_rule_id,
    cast(null as integer) as sort_order,
    cast(null as varchar) as activity_type,
    cast(null as varchar) as match_field,
    cast(null as varchar) as operator,
    cast(null as varchar) as value,
    cast(null as varchar) as signal_name,
    cast(null as boolean) as is_hand_raise,
    cast(null as varchar) as content_topic,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until
where false
