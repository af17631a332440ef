with

rule_rows as (

    {{ rule_rows('rule_touch_outcomes') }}

),

typed as (

    select
        {{ rule_text('touch_type') }} as touch_type,
        {{ rule_text('outcome') }} as outcome,
        cast({{ rule_text('is_contact') }} as boolean) as is_contact,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
