{#- What the engine takes for the UTC timestamp of a wall-clock time in a zone; engines differ in gaps and overlaps. -#}
{% macro zone_to_utc(local, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ local }}))
{%- endmacro %}
