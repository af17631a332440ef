-- STUB: replaced by its owner
select
    cast(null as varchar) as signal_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as signal_name,
    cast(null as timestamp) as occurred_at,
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_activity_id,
    cast(null as varchar) as activity_type,
    cast(null as varchar) as channel,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as asset_id,
    cast(null as varchar) as content_topic,
    cast(null as boolean) as is_hand_raise,
    cast(null as boolean) as is_counted,
    cast(null as varchar) as dropped_reason
where false
