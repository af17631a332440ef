{{ config(materialized='table') }}

with

signals as (

    select * from {{ ref('int_signals_described') }}

),

signal_names as (

    select * from {{ ref('int_signals_named') }}

),

bot_signals as (

    select * from {{ ref('int_signals_bot_flagged') }}

),

named as (

    select
        signal_names.signal_id,
        signal_names.signal_kind,
        signal_names.signal_rule_id,
        signal_names.signal_name,
        signal_names.is_hand_raise,
        signal_names.is_own_activity,
        signal_names.content_topic,
        signals.person_id,
        signals.source_system,
        signals.source_activity_id,
        signals.activity_type,
        signals.occurred_at,
        signals.occurred_at_precision,
        signals.channel,
        signals.campaign_id,
        signals.referrer_kind,
        bot_signals.dropped_reason as bot_reason,
        -- an arrival is at the place it came from, so that a cap by asset counts that place
        case
            when signal_names.signal_kind = 'arrival'
                then coalesce(
                    signals.referrer_domain, {{ id_without_address('lower(signals.utm_source)') }}, signals.asset_id
                )
            else signals.asset_id
        end as asset_id
    from signal_names
    inner join signals
        on signal_names.activity_signal_id = signals.signal_id
    left join bot_signals
        on signal_names.activity_signal_id = bot_signals.signal_id

),

copies_numbered as (

    select
        *,
        -- one thing done once: the same signal, asset and second; a human's copy before a bot's, then the smallest id
        row_number() over (
            partition by
                person_id,
                signal_name,
                asset_id,
                date_trunc('second', occurred_at)
            order by
                case when bot_reason is null then 0 else 1 end,
                signal_id
        ) as copy_number
    from named

),

screened as (

    select
        *,
        case
            when bot_reason is not null then bot_reason
            when copy_number > 1 then 'duplicate'
        end as dropped_reason
    from copies_numbered

)

select
    signal_id,
    signal_kind,
    signal_rule_id,
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
    referrer_kind,
    is_hand_raise,
    is_own_activity,
    dropped_reason
from screened
