-- STUB: replaced by its owner
select
    cast(null as varchar) as campaign_member_key,
    cast(null as varchar) as source_system,
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as record_key,
    cast(null as varchar) as person_id,
    cast(null as varchar) as status,
    cast(null as boolean) as has_responded,
    cast(null as timestamp) as responded_at,
    cast(null as varchar) as responded_at_precision
where false
