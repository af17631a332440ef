-- STUB: replaced by its owner
select
    cast(null as varchar) as bot_filter_id,
    cast(null as varchar) as match_field,
    cast(null as varchar) as operator,
    cast(null as varchar) as value,
    cast(null as varchar) as dropped_reason,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until
where false
