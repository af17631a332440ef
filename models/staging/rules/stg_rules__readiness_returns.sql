with

rule_rows as (

    {{ rule_rows('rule_readiness_returns') }}

),

typed as (

    select
        {{ rule_text('return_id') }} as return_id,
        cast({{ rule_text('from_points') }} as double) as from_points,
        cast({{ rule_text('until_points') }} as double) as until_points,
        cast({{ rule_text('share') }} as double) as share,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
