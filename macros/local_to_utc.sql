{#-
    The UTC instant of a wall-clock time in a zone, by the engine's zone database. In a gap of daylight saving the later
    instant, in an overlap the earlier: both are the offset that held before the change, so it is that one which is tried
    first. Engines differ in which instant they give, so their answer is only the second try.
    local, zone: SQL expressions, timestamp and IANA name. Returns a timestamp (UTC). An unknown zone is the engine's error.
-#}
{% macro local_to_utc(local, zone) -%}
    {%- set answer = zone_to_utc(local, zone) -%}
    {%- set day_before = add_days(answer, '-1') -%}
    {%- set by_offset_before = '(' ~ local ~ ' - (' ~ utc_to_local(day_before, zone) ~ ' - ' ~ day_before ~ '))' -%}
    case
        when {{ utc_to_local(by_offset_before, zone) }} = {{ local }} then {{ by_offset_before }}
        when {{ utc_to_local(answer, zone) }} = {{ local }} then {{ answer }}
        else {{ by_offset_before }}
    end
{%- endmacro %}

{#- The wall-clock time in a zone of a UTC timestamp. -#}
{% macro utc_to_local(moment, zone) -%}
    timezone({{ zone }}, timezone('UTC', {{ moment }}))
{%- endmacro %}

{#- What the engine takes for the UTC timestamp of a wall-clock time in a zone. -#}
{% macro zone_to_utc(local, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ local }}))
{%- endmacro %}
