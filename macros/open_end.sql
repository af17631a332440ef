{#- The instant that stands for "still so": every open interval ends here. -#}
{% macro open_end() -%} cast('9999-12-31 00:00:00' as timestamp) {%- endmacro %}
