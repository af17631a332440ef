-- Grain: activity's signal x after-sending filter. Each came within the filter's seconds, half-open, after the mail
-- that it answers was sent: sooner than anybody reads.
with

suspects as (

    select * from {{ ref('int_bot_suspects_collected') }}
    where filter_kind = 'after_sending'

),

signals as (

    select * from {{ ref('int_signals_described') }}
    where occurred_at_precision = 'exact'

),

mails_named as (  -- what rule_signals calls email_sent

    select * from {{ ref('int_signals_named') }}
    where signal_name = 'email_sent'

),

mails_sent as (

    select
        signals.person_id,
        signals.campaign_id,
        signals.asset_id,
        date_trunc('second', signals.occurred_at) as sent_at
    from signals
    inner join mails_named
        on signals.signal_id = mails_named.signal_id

),

found as (

    select distinct
        suspects.signal_id,
        suspects.bot_filter_id,
        suspects.dropped_reason
    from suspects
    inner join mails_sent  -- the mail itself, or another of its campaign
        on
            suspects.person_id = mails_sent.person_id
            and suspects.done_at >= mails_sent.sent_at
            and {{ seconds_between('mails_sent.sent_at', 'suspects.done_at') }} < suspects.window_seconds
            and (suspects.asset_id = mails_sent.asset_id or suspects.campaign_id = mails_sent.campaign_id)

)

select * from found
