with

signals as (

    select * from {{ ref('int_signals_screened') }}

)

select
    signal_id,
    person_id,
    signal_name,
    occurred_at,
    occurred_at_precision,
    source_system,
    source_activity_id,
    activity_type,
    channel,
    campaign_id,
    asset_id,
    content_topic,
    is_hand_raise,
    dropped_reason is null as is_counted,
    dropped_reason
from signals
