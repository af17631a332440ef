{#- Landed text as a whole number, NULL where it is none: 7.9 is not 8. Never an error. -#}
{% macro parse_integer(text) -%}
    case
        when {{ parse_number(text) }} = floor({{ parse_number(text) }})
            then cast({{ parse_number(text) }} as bigint)
    end
{%- endmacro %}
