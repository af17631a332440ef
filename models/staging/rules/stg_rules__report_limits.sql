with

rule_rows as (

    {{ rule_rows('rule_report_limits') }}

),

typed as (

    select
        {{ rule_text('limit_name') }} as limit_name,
        cast({{ rule_text('limit_value') }} as bigint) as limit_value,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
