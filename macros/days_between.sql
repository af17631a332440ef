{#- Whole days from one date to another; give dates, not timestamps. -#}
{% macro days_between(start, stop) -%} {{ adapter.dispatch('days_between', 'handoff')(start, stop) }} {%- endmacro %}

{% macro default__days_between(start, stop) -%}
    date_diff('day', {{ start }}, {{ stop }})
{%- endmacro %}

{% macro postgres__days_between(start, stop) -%}
    ({{ stop }} - {{ start }})
{%- endmacro %}
