{#- Where a rule row's window ends, exclusive; an empty cell means it is open. type: timestamp or date. -#}
{% macro rule_window_end(column, type) -%}
    cast(coalesce({{ handoff.rule_text(column) }}, '9999-12-31') as {{ type }})
{%- endmacro %}
