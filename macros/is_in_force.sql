{#- True while a rule row applies: [effective_from, effective_until). -#}
{% macro is_in_force(rules, moment) -%}
    ({{ moment }} >= {{ rules }}.effective_from and {{ moment }} < {{ rules }}.effective_until)
{%- endmacro %}
