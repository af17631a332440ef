with

rule_rows as (

    {{ rule_rows('rule_field_survivorship') }}

),

typed as (

    select
        {{ rule_text('field') }} as field,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('strategy') }} as strategy,
        lower({{ rule_text('value') }}) as value,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
