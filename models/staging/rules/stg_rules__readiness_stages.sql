with

rule_rows as (

    {{ rule_rows('rule_readiness_stages') }}

),

typed as (

    select
        {{ rule_text('readiness_stage') }} as readiness_stage,
        cast({{ rule_text('stage_order') }} as integer) as stage_order,
        {{ rule_text('criterion') }} as criterion,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
