with

rule_rows as (

    {{ rule_rows('rule_segments') }}

),

typed as (

    select
        {{ rule_text('segment') }} as segment,
        cast({{ rule_text('min_employee_count') }} as bigint) as min_employee_count,
        cast({{ rule_text('max_employee_count') }} as bigint) as max_employee_count,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
