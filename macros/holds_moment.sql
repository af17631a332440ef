{#- Whether a row of int_calendar_segments holds a calendar's moment. The day comes first: engines join by it, hashed. -#}
{% macro holds_moment(segment, calendar_id, moment) -%}
    {{ segment }}.calendar_id = {{ calendar_id }}
    and {{ segment }}.utc_date = cast({{ moment }} as date)
    and {{ moment }} >= {{ segment }}.segment_from
    and {{ moment }} < {{ segment }}.segment_until
{%- endmacro %}
