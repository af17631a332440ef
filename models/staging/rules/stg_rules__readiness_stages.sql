-- STUB: replaced by its owner
select
    cast(null as varchar) as readiness_stage,
    cast(null as integer) as stage_order,
    cast(null as varchar) as criterion,
    cast(null as varchar) as rationale
where false
