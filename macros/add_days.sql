{#- A timestamp moved by a whole number of 24-hour days (may be negative). UTC, so a day is always 24 hours. -#}
{% macro add_days(moment, days) -%}
    ({{ moment }} + {{ days }} * interval '1 day')
{%- endmacro %}
