with

rule_rows as (

    {{ rule_rows('rule_territories') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('segment') }} as segment,
        upper({{ rule_text('country_codes') }}) as country_codes,
        cast({{ rule_text('is_target_account') }} as boolean) as is_target_account,
        {{ rule_text('pool_id') }} as pool_id,
        {{ rule_text('rep_id') }} as rep_id,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
