{#-
    What a rule's field says of a signal, as lower-case text: one place for what rules may ask about an activity.
    signals: CTE of int_signals_described. field: SQL expression holding the field's name.
    NULL where the activity says nothing of it, or the name is none of these.
-#}
{% macro signal_field(signals, field) -%}
    case {{ field }}
        {%- for name in handoff.signal_field_names() %}
        when '{{ name }}' then {{ handoff.signal_field_text(signals, name) }}
        {%- endfor %}
    end
{%- endmacro %}

{#- The same for one field that is known by name. -#}
{% macro signal_field_text(signals, name) -%}
    {%- if name == 'activity_type' -%} {{ signals }}.activity_name
    {%- elif name == 'is_bot' -%} case when {{ signals }}.is_bot then 'true' else 'false' end
    {%- else -%} lower({{ signals }}.{{ name }})
    {%- endif -%}
{%- endmacro %}

{% macro signal_field_names() -%}
    {{ return([
        'activity_type', 'asset_name', 'asset_id', 'url', 'referrer', 'referrer_host', 'referrer_kind', 'search_term',
        'utm_source', 'utm_medium', 'utm_campaign', 'campaign_type', 'channel', 'user_agent', 'is_bot',
    ]) }}
{%- endmacro %}
