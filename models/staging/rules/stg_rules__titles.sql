with

rule_rows as (

    {{ rule_rows('rule_titles') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('assigns') }} as assigns,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        {{ rule_text('assigned_value') }} as assigned_value,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
