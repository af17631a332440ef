with

signals as (

    select * from {{ ref('int_signals_named') }}

),

bot_signals as (

    select * from {{ ref('int_signals_bot_flagged') }}

),

copies_numbered as (

    select
        signals.*,
        bot_signals.dropped_reason as bot_reason,
        -- one thing done once: the same signal, asset and second; a human's copy before a bot's, then the smallest id
        row_number() over (
            partition by
                signals.person_id,
                signals.signal_name,
                signals.asset_id,
                date_trunc('second', signals.occurred_at)
            order by
                case when bot_signals.dropped_reason is null then 0 else 1 end,
                signals.signal_id
        ) as copy_number
    from signals
    left join bot_signals
        on signals.signal_id = bot_signals.signal_id

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
    source_system,
    source_activity_id,
    person_id,
    activity_type,
    occurred_at,
    occurred_at_precision,
    channel,
    campaign_id,
    campaign_type,
    asset_id,
    asset_name,
    url,
    referrer,
    search_term,
    utm_source,
    utm_medium,
    utm_campaign,
    user_agent,
    is_bot,
    activity_name,
    content_topic,
    signal_name,
    is_hand_raise,
    bot_reason,
    copy_number,
    dropped_reason
from screened
