{#- How strong a link is, 0 the strongest: what a person wrote into the rules, what the CRM did, ids, then addresses. -#}
{% macro link_order(link_method) -%}
    case {{ link_method }} when 'forced' then 0 when 'conversion' then 1 when 'merge' then 2 when 'cross_id' then 3 else 4 end
{%- endmacro %}
