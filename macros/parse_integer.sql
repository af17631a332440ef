{#- Landed text as a whole number, NULL where it is none: 7.9 is not 8. Never an error. -#}
{% macro parse_integer(text) -%}
    case
        when {{ handoff.parse_number(text) }} = floor({{ handoff.parse_number(text) }})
            then cast({{ handoff.parse_number(text) }} as bigint)
    end
{%- endmacro %}
