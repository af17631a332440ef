{#-
    Whether a vendor is switched on in the `sources` var, and with a table, whether that table is:
    `sources: {salesforce: {enabled: true, tables: {task: false}}}` leaves tasks out.
-#}
{% macro is_source_enabled(source_system, table=none) -%}
    {%- set settings = var('sources').get(source_system, {}) -%}
    {{ return(settings.get('enabled', false) and settings.get('tables', {}).get(table, true)) }}
{%- endmacro %}
