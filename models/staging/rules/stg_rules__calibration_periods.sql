with

rule_rows as (

    {{ rule_rows('rule_calibration_periods') }}

),

typed as (

    select
        {{ rule_text('scoring_model') }} as scoring_model,
        cast({{ rule_text('held_out_from') }} as timestamp) as held_out_from,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
