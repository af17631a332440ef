{#- The wall-clock time in a zone of a UTC timestamp. An unknown zone is the engine's error. -#}
{% macro utc_to_local(moment, zone) -%}
    timezone({{ zone }}, timezone('UTC', {{ moment }}))
{%- endmacro %}
