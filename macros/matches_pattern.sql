{#- True where the value matches the regular expression anywhere; NULL where either is NULL. -#}
{% macro matches_pattern(value, pattern) -%} {{ adapter.dispatch('matches_pattern', 'handoff')(value, pattern) }} {%- endmacro %}

{% macro default__matches_pattern(value, pattern) -%}
    regexp_matches({{ value }}, {{ pattern }})
{%- endmacro %}

{% macro postgres__matches_pattern(value, pattern) -%}
    ({{ value }} ~ {{ pattern }})
{%- endmacro %}
