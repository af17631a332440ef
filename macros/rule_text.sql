{#- A cell of a rule seed: trimmed, and NULL where it is empty. An empty condition means any. -#}
{% macro rule_text(column) -%}
    nullif(trim({{ column }}), '')
{%- endmacro %}
