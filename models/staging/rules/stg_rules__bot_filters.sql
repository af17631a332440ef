with

rule_rows as (

    {{ rule_rows('rule_bot_filters') }}

),

typed as (

    select
        {{ rule_text('bot_filter_id') }} as bot_filter_id,
        coalesce(lower({{ rule_text('filter_kind') }}), 'each') as filter_kind,
        lower({{ rule_text('match_field') }}) as match_field,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        lower({{ rule_text('also_match_field') }}) as also_match_field,
        {{ rule_text('also_operator') }} as also_operator,
        {{ rule_text('also_value') }} as also_value,
        cast({{ rule_text('min_count') }} as bigint) as min_count,
        cast({{ rule_text('window_seconds') }} as bigint) as window_seconds,
        {{ rule_text('dropped_reason') }} as dropped_reason,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
