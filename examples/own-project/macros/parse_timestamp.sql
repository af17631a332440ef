{#- Our CRM writes times as 24.02.2026 18:30; every other form as Handoff reads it. -#}
{% macro default__parse_timestamp(text) -%}
    coalesce(
        try_strptime({{ text }}, ['%d.%m.%Y %H:%M', '%d.%m.%Y']),
        {{ handoff.default__parse_timestamp(text) }}
    )
{%- endmacro %}
