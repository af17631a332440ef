{#- Landed text as an amount of money to the cent, NULL where it is no number (see parse_number). Never an error. -#}
{% macro parse_amount(text) -%}
    case
        when {{ handoff.parse_number(text) }} is not null
            then cast(replace({{ text }}, ',', '') as numeric(18, 2))
    end
{%- endmacro %}
