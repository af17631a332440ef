{#- A number of open seconds that no calendar reaches: thirty thousand years. -#}
{% macro never_reached_seconds() -%} cast(1000000000000 as bigint) {%- endmacro %}
