{#- The last second of the UTC day that starts at `day`, or as_of where that is earlier: what is known by its day had happened by then. -#}
{% macro last_second_of(day) -%}
    case
        when {{ handoff.add_seconds(day, '86399') }} > {{ handoff.as_of() }} then {{ handoff.as_of() }}
        else {{ handoff.add_seconds(day, '86399') }}
    end
{%- endmacro %}
