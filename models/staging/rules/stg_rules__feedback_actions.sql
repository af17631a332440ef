with

rule_rows as (

    {{ rule_rows('rule_feedback_actions') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        lower({{ rule_text('outcome_reason') }}) as outcome_reason,
        {{ rule_text('rule_kind') }} as rule_kind,
        cast({{ rule_text('has_campaign') }} as boolean) as has_campaign,
        {{ rule_text('judged_by') }} as judged_by,
        cast({{ rule_text('min_mqls') }} as bigint) as min_mqls,
        cast({{ rule_text('min_share') }} as double) as min_share,
        {{ rule_text('proposed_change') }} as proposed_change,
        {{ rule_text('change_text') }} as change_text,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
