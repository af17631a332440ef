with

rule_rows as (

    {{ rule_rows('rule_readiness_levels') }}

),

typed as (

    select
        {{ rule_text('level_id') }} as level_id,
        {{ rule_text('level_kind') }} as level_kind,
        {{ rule_text('level') }} as level,
        cast({{ rule_text('level_order') }} as integer) as level_order,
        cast({{ rule_text('min_value') }} as double) as min_value,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
