{#- The columns of one raw signal, in order: what every int_signals_from_* model gives and int_signals_unioned reads. -#}
{% macro signal_columns() -%}
    {{ return([
        'signal_id', 'source_system', 'source_activity_id', 'person_id', 'activity_type', 'occurred_at',
        'occurred_at_precision', 'channel', 'campaign_id', 'campaign_type', 'asset_id', 'asset_name', 'url',
        'referrer', 'search_term', 'utm_source', 'utm_medium', 'utm_campaign', 'user_agent', 'is_bot',
    ]) }}
{%- endmacro %}
