{%- set columns = [
    'signal_id', 'signal_kind', 'signal_rule_id', 'person_id', 'signal_name', 'occurred_at', 'occurred_at_precision',
    'source_system', 'source_activity_id', 'activity_type', 'channel', 'campaign_id', 'asset_id', 'content_topic',
    'referrer_kind', 'is_hand_raise', 'dropped_reason',
] -%}
with

screened as (

    select * from {{ ref('int_signals_screened') }}

),

returns as (

    select * from {{ ref('int_returns_found') }}

),

signals as (

    select {{ columns | join(', ') }} from screened
    union all
    select {{ columns | join(', ') }} from returns

)

select
    signal_id,
    person_id,
    signal_name,
    occurred_at,
    occurred_at_precision,
    source_system,
    {{ id_without_address('source_activity_id') }} as source_activity_id,
    activity_type,
    channel,
    campaign_id,
    asset_id,
    content_topic,
    is_hand_raise,
    dropped_reason is null as is_counted,
    dropped_reason,
    signal_kind,
    signal_rule_id,
    referrer_kind
from signals
