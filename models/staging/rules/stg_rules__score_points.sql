-- STUB: replaced by its owner
select
    cast(null as varchar) as scoring_model,
    cast(null as varchar) as rule_id,
    cast(null as varchar) as rule_kind,
    cast(null as varchar) as score_group,
    cast(null as varchar) as signal_name,
    cast(null as varchar) as attribute,
    cast(null as varchar) as operator,
    cast(null as varchar) as value,
    cast(null as double) as points,
    cast(null as varchar) as decay,
    cast(null as integer) as decay_days,
    cast(null as integer) as look_back_days,
    cast(null as integer) as daily_cap,
    cast(null as varchar) as reason
where false
