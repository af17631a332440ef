with

rule_rows as (

    {{ rule_rows('rule_account_overrides') }}

),

typed as (

    select
        lower({{ rule_text('source_system') }}) as source_system,
        {{ rule_text('record_id') }} as record_id,
        {{ rule_text('account_id') }} as account_id,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
