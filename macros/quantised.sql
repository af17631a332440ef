{#-
    A score as it is published: two decimals, half up, with a guard of 1e-6 of a cent so that exact ties fall the
    same way on every engine, thread count and order of arrival (docs/decisions).
    score: DOUBLE expression in points. Returns numeric(9,2).
-#}
{% macro quantised(score) -%}
    cast(floor(100 * ({{ score }}) + 0.5 + 1e-6) / 100 as numeric(9, 2))
{%- endmacro %}
