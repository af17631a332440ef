{#- The last second of the UTC day that starts at `day`, or as_of where that is earlier: what is known by its day had happened by then. -#}
{% macro last_second_of(day) -%}
    case
        when {{ add_seconds(day, '86399') }} > {{ as_of() }} then {{ as_of() }}
        else {{ add_seconds(day, '86399') }}
    end
{%- endmacro %}
