{#-
    What passes through of a landed table, in the select list of the model that judges its rows beside other tables.
    relation: CTE of the table's staging. entity: what the model feeds.
-#}
{% macro passed_from(relation, source_system, table, entity) -%}
    {%- for name in handoff.passed_columns(entity, {'vendor': source_system, 'table': table, 'model': 'judged'}) %}
        {{ relation }}.{{ name }},
    {%- endfor %}
{%- endmacro %}
