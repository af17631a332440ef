with

rule_rows as (

    {{ rule_rows('rule_sla_policies') }}

),

typed as (

    select
        {{ rule_text('policy_id') }} as policy_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('priority') }} as priority,
        {{ rule_text('segment') }} as segment,
        {{ rule_text('channel') }} as channel,
        cast({{ rule_text('is_hand_raise') }} as boolean) as is_hand_raise,
        {{ rule_text('clock') }} as clock,
        cast({{ rule_text('target_seconds') }} as bigint) as target_seconds,
        cast({{ rule_text('at_risk_share') }} as double) as at_risk_share,
        coalesce(cast({{ rule_text('pauses_out_of_office') }} as boolean), false) as pauses_out_of_office,
        coalesce(cast({{ rule_text('pauses_recycled') }} as boolean), false) as pauses_recycled,
        {{ rule_text('calendar_id') }} as calendar_id,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
