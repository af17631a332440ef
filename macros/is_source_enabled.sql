{#- Whether a vendor is switched on in the `sources` var. -#}
{% macro is_source_enabled(source_system) -%}
    {{ return(var('sources').get(source_system, {}).get('enabled', false)) }}
{%- endmacro %}
