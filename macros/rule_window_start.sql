{#- Where a rule row's window begins; an empty cell means since ever. type: timestamp or date. -#}
{% macro rule_window_start(column, type) -%}
    cast(coalesce({{ handoff.rule_text(column) }}, '1900-01-01') as {{ type }})
{%- endmacro %}
