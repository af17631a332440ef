-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as campaign_id,
cast(null as varchar) as campaign_name,
cast(null as varchar) as campaign_type,
cast(null as varchar) as channel,
cast(null as numeric(18, 2)) as cost,
cast(null as varchar) as currency,
cast(null as date) as started_on,
cast(null as date) as ended_on
where false
