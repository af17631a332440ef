{#- On the warehouse that several of us share, everybody's schemas bear their own name before Handoff's. -#}
{% macro default__schema_of_layer(custom_schema_name) -%}
    {%- if target.name == 'shared' -%} {{ target.schema }}_ {%- endif -%}
    {{ handoff.default__schema_of_layer(custom_schema_name) }}
{%- endmacro %}
