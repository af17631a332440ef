with

rule_rows as (

    {{ rule_rows('rule_qualification_matrix') }}

),

typed as (

    select
        {{ rule_text('scoring_model') }} as scoring_model,
        {{ rule_text('grade') }} as grade,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
