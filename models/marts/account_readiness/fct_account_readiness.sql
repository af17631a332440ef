-- STUB: replaced by its owner
select
    cast(null as varchar) as account_id,
    cast(null as varchar) as readiness_stage,
    cast(null as numeric(9, 2)) as readiness_score,
    cast(null as numeric(9, 2)) as account_fit_score,
    cast(null as bigint) as engaged_people_count,
    cast(null as bigint) as engaged_functions_count,
    cast(null as boolean) as decision_maker_engaged,
    cast(null as double) as committee_coverage,
    cast(null as timestamp) as last_engaged_at,
    cast(null as bigint) as high_intent_count,
    cast(null as varchar) as missing,
    cast(null as varchar) as next_action
where false
