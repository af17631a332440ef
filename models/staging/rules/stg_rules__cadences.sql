with

rule_rows as (

    {{ rule_rows('rule_cadences') }}

),

typed as (

    select
        {{ rule_text('cadence_id') }} as cadence_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('priority') }} as priority,
        cast({{ rule_text('is_hand_raise') }} as boolean) as is_hand_raise,
        cast({{ rule_text('min_touches') }} as bigint) as min_touches,
        cast({{ rule_text('min_days') }} as bigint) as min_days,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
