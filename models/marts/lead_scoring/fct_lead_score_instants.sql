-- STUB: replaced by its owner
select
    cast(null as varchar) as person_id,
    cast(null as varchar) as scoring_model,
    cast(null as varchar) as model_status,
    cast(null as timestamp) as occurred_at,
    cast(null as numeric(9, 2)) as fit_score,
    cast(null as varchar) as fit_band,
    cast(null as numeric(9, 2)) as engagement_score,
    cast(null as varchar) as engagement_band,
    cast(null as varchar) as grade,
    cast(null as boolean) as meets_threshold,
    cast(null as varchar) as signal_id,
    cast(null as varchar) as signal_name,
    cast(null as boolean) as is_hand_raise
where false
