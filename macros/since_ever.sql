{#- The instant that stands for "as far back as anybody asks": where a window or an interval without a start begins. -#}
{% macro since_ever() -%} cast('1900-01-01 00:00:00' as timestamp) {%- endmacro %}
