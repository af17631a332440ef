-- STUB: replaced by its owner
select
    cast(null as varchar) as scoring_model,
    cast(null as varchar) as rule_kind,
    cast(null as varchar) as band,
    cast(null as numeric(9, 2)) as min_score,
    cast(null as numeric(9, 2)) as max_score
where false
