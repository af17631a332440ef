{#- STUB: replaced by its owner. -#}
{% macro qualified_id(source_system, id) -%} {{ id }} {%- endmacro %}
