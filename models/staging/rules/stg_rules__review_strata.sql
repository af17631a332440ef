with

rule_rows as (

    {{ rule_rows('rule_review_strata') }}

),

typed as (

    select
        {{ rule_text('stratum') }} as stratum,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        cast({{ rule_text('sample_size') }} as bigint) as sample_size,
        {{ rule_text('sampling_seed') }} as sampling_seed,
        {{ rule_text('grades') }} as grades,
        {{ rule_text('question') }} as question,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
