-- STUB: replaced by its owner
select
    cast(null as varchar) as scoring_model,
    cast(null as varchar) as score_group,
    cast(null as varchar) as rule_kind,
    cast(null as double) as floor_points,
    cast(null as double) as cap_points,
    cast(null as double) as half_life_days,
    cast(null as varchar) as rationale
where false
