with

rule_rows as (

    {{ rule_rows('rule_review_triggers') }}

),

typed as (

    select
        {{ rule_text('trigger_name') }} as trigger_name,
        cast({{ rule_text('watch_from') }} as double) as watch_from,
        cast({{ rule_text('review_from') }} as double) as review_from,
        cast({{ rule_text('baseline_days') }} as integer) as baseline_days,
        cast({{ rule_text('min_count') }} as bigint) as min_count,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
