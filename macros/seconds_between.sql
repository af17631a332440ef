{#- Whole seconds from start to stop, each cut to its second; negative when stop is earlier. -#}
{% macro seconds_between(start, stop) -%} {{ adapter.dispatch('seconds_between', 'handoff')(start, stop) }} {%- endmacro %}

{% macro default__seconds_between(start, stop) -%}
    date_diff('second', {{ start }}, {{ stop }})
{%- endmacro %}

{% macro postgres__seconds_between(start, stop) -%}
    cast(extract(epoch from date_trunc('second', {{ stop }}) - date_trunc('second', {{ start }})) as bigint)
{%- endmacro %}
