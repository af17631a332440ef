with

rule_rows as (

    select * from {{ ref('rule_bot_filters') }}

),

typed as (

    select
        {{ rule_text('bot_filter_id') }} as bot_filter_id,
        lower({{ rule_text('match_field') }}) as match_field,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        {{ rule_text('dropped_reason') }} as dropped_reason,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
