with

rule_rows as (

    {{ rule_rows('rule_score_bands') }}

),

typed as (

    select
        {{ rule_text('scoring_model') }} as scoring_model,
        {{ rule_text('rule_kind') }} as rule_kind,
        {{ rule_text('band') }} as band,
        cast({{ rule_text('min_score') }} as numeric(9, 2)) as min_score,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

),

closed as (

    select
        scoring_model,
        rule_kind,
        band,
        min_score,
        -- exclusive; no score is above 100, and scores stand at two decimals
        coalesce(
            lead(min_score) over (partition by scoring_model, rule_kind order by min_score, band),
            cast(100.01 as numeric(9, 2))
        ) as max_score,
        rationale
    from typed

)

select * from closed
