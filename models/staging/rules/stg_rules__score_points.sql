with

rule_rows as (

    {{ rule_rows('rule_score_points') }}

),

typed as (

    select
        {{ rule_text('scoring_model') }} as scoring_model,
        {{ rule_text('rule_id') }} as rule_id,
        {{ rule_text('rule_kind') }} as rule_kind,
        {{ rule_text('score_group') }} as score_group,
        lower({{ rule_text('signal_name') }}) as signal_name,
        lower({{ rule_text('attribute') }}) as attribute,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        cast({{ rule_text('points') }} as double) as points,
        {{ rule_text('decay') }} as decay,
        cast({{ rule_text('decay_days') }} as integer) as decay_days,
        cast({{ rule_text('look_back_days') }} as integer) as look_back_days,
        cast({{ rule_text('daily_cap') }} as integer) as daily_cap,
        {{ rule_text('reason') }} as reason
    from rule_rows

)

select * from typed
