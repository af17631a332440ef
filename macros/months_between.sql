{#- Whole calendar months from the month of one date to that of another. -#}
{% macro months_between(start, stop) -%}
    cast(
        (extract(year from {{ stop }}) - extract(year from {{ start }})) * 12
        + extract(month from {{ stop }}) - extract(month from {{ start }}) as integer
    )
{%- endmacro %}
