with

rule_rows as (

    select * from {{ ref('rule_readiness_criteria') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        {{ rule_text('criterion') }} as criterion,
        {{ rule_text('segment') }} as segment,
        cast({{ rule_text('threshold') }} as double) as threshold,
        cast({{ rule_text('window_days') }} as integer) as window_days,
        cast({{ rule_text('min_history_days') }} as integer) as min_history_days,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('missing_text') }} as missing_text,
        {{ rule_text('next_action') }} as next_action,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
