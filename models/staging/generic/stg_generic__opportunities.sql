-- STUB: replaced by its owner
select cast('generic' as varchar) as source_system, cast(null as varchar) as source_table, cast(null as bigint) as source_row_number, cast(null as varchar) as row_key, cast(null as varchar) as disposition, cast(null as varchar) as reason_codes,
cast(null as varchar) as opportunity_id,
cast(null as varchar) as account_id,
cast(null as timestamp) as created_at,
cast(null as varchar) as created_at_precision,
cast(null as varchar) as stage,
cast(null as numeric(18, 2)) as amount,
cast(null as varchar) as currency,
cast(null as date) as close_date,
cast(null as timestamp) as closed_at,
cast(null as boolean) as is_won,
cast(null as boolean) as is_closed,
cast(null as varchar) as owner_id,
cast(null as varchar) as opportunity_type,
cast(null as boolean) as is_deleted
where false
