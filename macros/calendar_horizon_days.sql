{#- How many days after as_of calendars are laid out, so that what starts at as_of can be given its due instant. -#}
{% macro calendar_horizon_days() -%} 400 {%- endmacro %}
