{#- The text as a DOUBLE, NULL where it is no number. -#}
{% macro number_or_null(value_text) -%} {{ adapter.dispatch('number_or_null', 'handoff')(value_text) }} {%- endmacro %}

{% macro default__number_or_null(value_text) -%}
    try_cast({{ value_text }} as double)
{%- endmacro %}

{% macro postgres__number_or_null(value_text) -%}
    case when {{ value_text }} ~ '^-?[0-9]+(\.[0-9]+)?$' then cast({{ value_text }} as double precision) end
{%- endmacro %}
