with

rule_rows as (

    {{ rule_rows('rule_routing') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('entry_reason') }} as entry_reason,
        {{ rule_text('exclusion_reason') }} as exclusion_reason,
        {{ rule_text('segment') }} as segment,
        upper({{ rule_text('grades') }}) as grades,
        cast({{ rule_text('is_target_account') }} as boolean) as is_target_account,
        cast({{ rule_text('has_account_owner') }} as boolean) as has_account_owner,
        cast({{ rule_text('is_opted_out') }} as boolean) as is_opted_out,
        {{ rule_text('next_action') }} as next_action,
        cast({{ rule_text('opens_handoff') }} as boolean) as opens_handoff,
        {{ rule_text('priority') }} as priority,
        {{ rule_text('action_reason') }} as action_reason,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
