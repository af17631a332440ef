{#-
    A bound of Wilson's 95 % interval for a rate: how far the true rate may lie from what so few cases show.
    successes, trials: whole-number expressions. side: 'lower' or 'upper'. NULL where nothing was tried.
-#}
{% macro wilson_bound(successes, trials, side) -%}
    {%- set z = 'cast(1.959963984540054 as double)' -%}
    {%- set z2 = z ~ ' * ' ~ z -%}
    case
        when {{ trials }} = 0 then null
        {%- if side == 'lower' %}
        when {{ successes }} = 0 then cast(0 as double)
        {%- else %}
        when {{ successes }} = {{ trials }} then cast(1 as double)
        {%- endif %}
        else (
            {{ successes }} + ({{ z2 }}) / 2 {{ '-' if side == 'lower' else '+' }} {{ z }} * sqrt(
                cast({{ successes }} as double) * ({{ trials }} - {{ successes }}) / {{ trials }} + ({{ z2 }}) / 4
            )
        ) / ({{ trials }} + {{ z2 }})
    end
{%- endmacro %}
