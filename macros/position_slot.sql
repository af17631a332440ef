{#- The slot, of eight hours each, in which an open second lies; the first second is 1. Only a key for joins. -#}
{% macro position_slot(position) -%}
    cast(floor(({{ position }} - 1) / 28800.0) as bigint)
{%- endmacro %}
