with

rule_rows as (

    select * from {{ ref('rule_signals') }}

),

typed as (

    select
        {{ rule_text('signal_rule_id') }} as signal_rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        lower({{ rule_text('activity_type') }}) as activity_type,
        lower({{ rule_text('match_field') }}) as match_field,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        lower({{ rule_text('signal_name') }}) as signal_name,
        cast({{ rule_text('is_hand_raise') }} as boolean) as is_hand_raise,
        {{ rule_text('content_topic') }} as content_topic,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
