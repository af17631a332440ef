{#-
    A bound of the 95 % score interval for what a count stands for: how far the true mean may lie from what was counted
    once, in the manner of Wilson's for a rate. count: whole-number expression. side: 'lower' or 'upper'.
-#}
{% macro poisson_bound(count, side) -%}
    {%- set z = 'cast(1.959963984540054 as double)' -%}
    {%- set z2 = z ~ ' * ' ~ z -%}
    {%- if side == 'lower' %}
    case
        when {{ count }} = 0 then cast(0 as double)
        else {{ count }} + ({{ z2 }}) / 2 - {{ z }} * sqrt({{ count }} + ({{ z2 }}) / 4)
    end
    {%- else %}
    {{ count }} + ({{ z2 }}) / 2 + {{ z }} * sqrt({{ count }} + ({{ z2 }}) / 4)
    {%- endif %}
{%- endmacro %}
