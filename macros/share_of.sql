{#- A part of a whole, 0 to 1, as double; NULL where the whole is nothing. -#}
{% macro share_of(part, whole) -%}
    cast({{ part }} as double) / nullif({{ whole }}, 0)
{%- endmacro %}
