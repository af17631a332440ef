with

rule_rows as (

    {{ rule_rows('rule_identity_overrides') }}

),

typed as (

    select
        {{ rule_text('override_id') }} as override_id,
        {{ rule_text('decision') }} as decision,
        lower({{ rule_text('source_system') }}) as source_system,
        {{ rule_text('record_id') }} as record_id,
        lower({{ rule_text('other_source_system') }}) as other_source_system,
        {{ rule_text('other_record_id') }} as other_record_id,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
