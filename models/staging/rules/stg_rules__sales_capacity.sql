with

rule_rows as (

    {{ rule_rows('rule_sales_capacity') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('team') }} as team,
        {{ rule_text('rep_id') }} as rep_id,
        cast({{ rule_text('max_open_handoffs') }} as bigint) as max_open_handoffs,
        cast({{ rule_text('max_handoffs_per_week') }} as bigint) as max_handoffs_per_week,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
