-- STUB: replaced by its owner
select
    cast(null as varchar) as scoring_model,
    cast(null as varchar) as model_status,
    cast(null as timestamp) as effective_from,
    cast(null as timestamp) as effective_until,
    cast(null as date) as review_by,
    cast(null as varchar) as rationale
where false
