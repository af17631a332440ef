with

rule_rows as (

    {{ rule_rows('rule_exclusions') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('exclusion_reason') }} as exclusion_reason,
        lower({{ rule_text('attribute') }}) as attribute,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
