{#- By when a label is decided: acceptance sooner than the rest. cycles: CTE with acceptance_due_at and mature_at. -#}
{% macro label_horizon(cycles, label) -%}
    case {{ label }} when 'accepted' then {{ cycles }}.acceptance_due_at else {{ cycles }}.mature_at end
{%- endmacro %}
