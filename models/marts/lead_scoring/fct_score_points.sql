-- STUB: replaced by its owner
select
    cast(null as varchar) as point_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as scoring_model,
    cast(null as varchar) as rule_id,
    cast(null as varchar) as rule_kind,
    cast(null as varchar) as score_group,
    cast(null as varchar) as signal_id,
    cast(null as varchar) as signal_name,
    cast(null as timestamp) as occurred_at,
    cast(null as double) as points,
    cast(null as double) as weight,
    cast(null as double) as weighted_points,
    cast(null as varchar) as reason,
    cast(null as boolean) as is_point_in_time
where false
