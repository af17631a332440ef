select {{ signal_columns() | join(', ') }} from {{ ref('int_signals_from_activities') }}
union all
select {{ signal_columns() | join(', ') }} from {{ ref('int_signals_from_campaign_responses') }}
{%- for model in var('extra_signals', []) %}
union all
{{ signals_of(model) }}
{%- endfor %}
