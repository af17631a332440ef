{#-
    Schemas carry the layer's plain name, whatever the target: marts stays marts. A project that has this one as a package
    and a warehouse shared by several people may give `schema_of_layer` another body (docs/how-to/extend.md).
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ adapter.dispatch('schema_of_layer', 'handoff')(custom_schema_name) }}
{%- endmacro %}

{% macro default__schema_of_layer(custom_schema_name) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
