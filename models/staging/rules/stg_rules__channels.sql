with

rule_rows as (

    {{ rule_rows('rule_channels') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        lower({{ rule_text('match_field') }}) as match_field,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        {{ rule_text('channel') }} as channel,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
