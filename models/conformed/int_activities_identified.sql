-- STUB: replaced by its owner
select
    cast(null as varchar) as activity_key,
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_activity_id,
    cast(null as varchar) as record_key,
    cast(null as varchar) as person_id,
    cast(null as varchar) as activity_type,
    cast(null as timestamp) as occurred_at,
    cast(null as varchar) as occurred_at_precision,
    cast(null as varchar) as channel,
    cast(null as varchar) as asset_id,
    cast(null as varchar) as asset_name,
    cast(null as varchar) as url,
    cast(null as varchar) as referrer,
    cast(null as varchar) as search_term,
    cast(null as varchar) as utm_source,
    cast(null as varchar) as utm_medium,
    cast(null as varchar) as utm_campaign,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as user_agent,
    cast(null as boolean) as is_bot
where false
