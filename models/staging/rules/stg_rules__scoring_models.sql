with

rule_rows as (

    {{ rule_rows('rule_scoring_models') }}

),

typed as (

    select
        {{ rule_text('scoring_model') }} as scoring_model,
        {{ rule_text('model_status') }} as model_status,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        cast({{ rule_text('review_by') }} as date) as review_by,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
