{#-
    Where a landed table lies: the source, under the name that `sources: {vendor: {identifiers: {table: name}}}` gives
    it, else under its own.
-#}
{% macro landed_relation(source_system, table) -%}
    {%- set relation = source(source_system, table) -%}
    {%- set identifier = var('sources').get(source_system, {}).get('identifiers', {}).get(table) -%}
    {{ return(relation.incorporate(path={'identifier': identifier}) if identifier else relation) }}
{%- endmacro %}
