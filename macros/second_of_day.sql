{#- Seconds since local midnight of a clock time HH:MM; 24:00 is 86400, the end of the day. NULL where the cell is empty. -#}
{% macro second_of_day(column) -%}
    (
        cast(split_part({{ handoff.rule_text(column) }}, ':', 1) as bigint) * 3600
        + cast(split_part({{ handoff.rule_text(column) }}, ':', 2) as bigint) * 60
    )
{%- endmacro %}
