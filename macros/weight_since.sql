{#-
    What remains of points after a number of days: 0.5^(days / half-life), a DOUBLE; above 1 for negative days, NULL
    without a half-life. Held to a thousand half-lives either way, where a double ends.
-#}
{% macro weight_since(days, half_life_days) -%}
    power(
        cast(0.5 as double),
        case
            when ({{ days }}) / cast({{ half_life_days }} as double) < -1000 then -1000
            when ({{ days }}) / cast({{ half_life_days }} as double) > 1000 then 1000
            else ({{ days }}) / cast({{ half_life_days }} as double)
        end
    )
{%- endmacro %}
