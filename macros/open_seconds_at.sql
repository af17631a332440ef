{#- How many seconds a calendar had been open at a moment, from the segment of int_calendar_segments that holds it. -#}
{% macro open_seconds_at(segment, moment) -%}
    {%- set seconds_since = handoff.seconds_between(segment ~ '.segment_from', moment) -%}
    {{ segment }}.seconds_before + case
        when {{ seconds_since }} < {{ segment }}.open_seconds then {{ seconds_since }}
        else {{ segment }}.open_seconds
    end
{%- endmacro %}
