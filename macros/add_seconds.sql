{#- A timestamp moved by a whole number of seconds (may be negative). -#}
{% macro add_seconds(moment, seconds) -%}
    ({{ moment }} + {{ seconds }} * interval '1 second')
{%- endmacro %}
