{#- Landed text of seconds since 1970 (dlt's load ids) as a UTC timestamp, NULL where it is none; never an error. -#}
{% macro parse_epoch(text) -%}
    case
        when {{ handoff.matches_pattern(text, "'^[0-9]{9,10}([.][0-9]+)?$'") }}
            then {{ dbt.dateadd('second', "cast(floor(" ~ handoff.number_or_null(text) ~ ") as integer)", "timestamp '1970-01-01 00:00:00'") }}
    end
{%- endmacro %}
