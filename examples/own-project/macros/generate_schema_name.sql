{#- Our models lie in schemas named as Handoff's are: a model of schema marts is published with the marts. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ handoff.generate_schema_name(custom_schema_name, node) }}
{%- endmacro %}
