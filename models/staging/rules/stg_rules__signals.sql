with

rule_rows as (

    {{ rule_rows('rule_signals') }}

),

typed as (

    select
        {{ rule_text('signal_rule_id') }} as signal_rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        coalesce(lower({{ rule_text('signal_kind') }}), 'action') as signal_kind,
        lower({{ rule_text('activity_type') }}) as activity_type,
        lower({{ rule_text('match_field') }}) as match_field,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        lower({{ rule_text('also_match_field') }}) as also_match_field,
        {{ rule_text('also_operator') }} as also_operator,
        {{ rule_text('also_value') }} as also_value,
        lower({{ rule_text('signal_name') }}) as signal_name,
        cast({{ rule_text('is_hand_raise') }} as boolean) as is_hand_raise,
        coalesce(cast({{ rule_text('is_own_activity') }} as boolean), false) as is_own_activity,
        {{ rule_text('content_topic') }} as content_topic,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
