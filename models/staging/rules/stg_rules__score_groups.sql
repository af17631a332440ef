with

rule_rows as (

    {{ rule_rows('rule_score_groups') }}

),

typed as (

    select
        {{ rule_text('scoring_model') }} as scoring_model,
        {{ rule_text('score_group') }} as score_group,
        {{ rule_text('rule_kind') }} as rule_kind,
        cast({{ rule_text('floor_points') }} as double) as floor_points,
        cast({{ rule_text('cap_points') }} as double) as cap_points,
        cast({{ rule_text('half_life_days') }} as double) as half_life_days,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
