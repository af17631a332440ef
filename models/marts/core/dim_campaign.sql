-- STUB: replaced by its owner
select
    cast(null as varchar) as campaign_id,
    cast(null as varchar) as campaign_type,
    cast(null as varchar) as channel,
    cast(null as numeric(18, 2)) as cost,
    cast(null as varchar) as currency
where false
