with

rule_rows as (

    {{ rule_rows('rule_sla_excuses') }}

),

typed as (

    select
        {{ rule_text('outcome') }} as outcome,
        {{ rule_text('outcome_reason') }} as outcome_reason,
        {{ rule_text('excused_reason') }} as excused_reason,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
