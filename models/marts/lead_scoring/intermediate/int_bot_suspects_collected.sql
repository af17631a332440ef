-- Grain: activity's signal x filter that judges by seconds. What no single activity betrays; whom a filter caught by
-- itself needs no company, and a day without a time has no seconds.
with

signals as (

    select * from {{ ref('int_signals_described') }}
    where occurred_at_precision = 'exact'

),

filters_met as (

    select * from {{ ref('int_bot_filters_met') }}

),

caught as (

    select signal_id
    from filters_met
    where filter_kind = 'each'

),

suspects as (

    select
        signals.signal_id,
        signals.person_id,
        signals.activity_name,
        signals.campaign_id,
        signals.asset_id,
        signals.url,
        filters_met.bot_filter_id,
        filters_met.filter_kind,
        filters_met.min_count,
        filters_met.window_seconds,
        filters_met.dropped_reason,
        date_trunc('second', signals.occurred_at) as done_at,
        coalesce(signals.url, signals.asset_name, signals.asset_id) as link,
        -- without a campaign and an asset of its own, the clicks of one person are taken for those of one mail
        coalesce(
            signals.campaign_id,
            case when strpos(coalesce(signals.url, ''), signals.asset_id) <> 1 then signals.asset_id end,
            ''
        ) as mail_key
    from signals
    inner join filters_met
        on
            signals.signal_id = filters_met.signal_id
            and filters_met.filter_kind <> 'each'
    left join caught
        on signals.signal_id = caught.signal_id
    where caught.signal_id is null

)

select * from suspects
