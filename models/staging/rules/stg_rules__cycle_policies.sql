with

rule_rows as (

    {{ rule_rows('rule_cycle_policies') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('segment') }} as segment,
        cast({{ rule_text('cool_down_days') }} as integer) as cool_down_days,
        cast({{ rule_text('expire_days') }} as integer) as expire_days,
        cast({{ rule_text('recycle_wake_days') }} as integer) as recycle_wake_days,
        cast({{ rule_text('hand_raise_join_hours') }} as integer) as hand_raise_join_hours,
        cast({{ rule_text('outcome_window_days') }} as integer) as outcome_window_days,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
