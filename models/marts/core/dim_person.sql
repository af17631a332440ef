-- STUB: replaced by its owner
select
    cast(null as varchar) as person_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as account_match_method,
    cast(null as double) as account_match_confidence,
    cast(null as varchar) as job_function,
    cast(null as varchar) as seniority,
    cast(null as varchar) as buying_role,
    cast(null as varchar) as country,
    cast(null as varchar) as segment,
    cast(null as varchar) as lead_source,
    cast(null as varchar) as channel,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as status,
    cast(null as varchar) as exclusion_reason,
    cast(null as timestamp) as created_at,
    cast(null as varchar) as created_at_source
where false
