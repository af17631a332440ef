{{ config(materialized='table') }}

with

signals as (

    select * from {{ ref('int_signals_described') }}

),

signal_rules as (

    select * from {{ ref('stg_rules__signals') }}
    where signal_kind <> 'return'

),

bot_filters as (

    select * from {{ ref('stg_rules__bot_filters') }}

),

conditions as (  -- many rules ask the same: each question is put once

    select
        match_field,
        operator,
        coalesce(value, '') as value
    from signal_rules
    union
    select
        also_match_field as match_field,
        also_operator as operator,
        coalesce(also_value, '') as value
    from signal_rules
    union
    select
        match_field,
        operator,
        coalesce(value, '') as value
    from bot_filters
    union
    select
        also_match_field as match_field,
        also_operator as operator,
        coalesce(also_value, '') as value
    from bot_filters

),

texts as (  -- a page that is read a million times is looked at once: patterns are slow

    {% for name in signal_field_names() %}
        select distinct
            '{{ name }}' as match_field,
            {{ signal_field_text('signals', name) }} as field_text
        from signals
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

met as (

    select
        conditions.match_field,
        conditions.operator,
        conditions.value,
        {{ text_key('texts.field_text') }} as text_key
    from texts
    inner join conditions  -- every condition on the field looks at every text of it
        on texts.match_field = conditions.match_field
    where
        {{ rule_applies('texts.field_text', 'cast(null as double)', 'conditions.operator', 'conditions.value') }}

)

select * from met
