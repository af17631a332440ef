-- STUB: replaced by its owner
select
    cast(null as varchar) as scoring_model,
    cast(null as varchar) as grade,
    cast(null as varchar) as rationale
where false
