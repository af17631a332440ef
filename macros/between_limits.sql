{#- A value held between a floor and a cap; a NULL limit does not bind. (least and greatest skip NULLs: no limit, no clamp.) -#}
{% macro between_limits(value, floor, cap) -%}
    case
        when {{ value }} < {{ floor }} then {{ floor }}
        when {{ value }} > {{ cap }} then {{ cap }}
        else {{ value }}
    end
{%- endmacro %}
