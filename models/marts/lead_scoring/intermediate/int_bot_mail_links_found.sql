-- Grain: activity's signal x mail-links filter. Each stands in some window of the filter's seconds, half-open, in which
-- the person clicked at least the filter's number of different links of one mail.
with

suspects as (

    select * from {{ ref('int_bot_suspects_collected') }}
    where filter_kind = 'mail_links'

),

clicks as (

    select distinct
        bot_filter_id,
        person_id,
        mail_key,
        min_count,
        window_seconds,
        done_at,
        link
    from suspects

),

starts as (

    select
        first_clicks.bot_filter_id,
        first_clicks.person_id,
        first_clicks.mail_key,
        first_clicks.window_seconds,
        first_clicks.done_at as started_at
    from clicks as first_clicks
    inner join clicks  -- every click that follows within the window, the first itself included
        on
            first_clicks.bot_filter_id = clicks.bot_filter_id
            and first_clicks.person_id = clicks.person_id
            and first_clicks.mail_key = clicks.mail_key
            and first_clicks.done_at <= clicks.done_at
            and {{ seconds_between('first_clicks.done_at', 'clicks.done_at') }} < first_clicks.window_seconds
    group by
        first_clicks.bot_filter_id,
        first_clicks.person_id,
        first_clicks.mail_key,
        first_clicks.window_seconds,
        first_clicks.min_count,
        first_clicks.done_at
    having count(distinct clicks.link) >= first_clicks.min_count

),

found as (

    select distinct
        suspects.signal_id,
        suspects.bot_filter_id,
        suspects.dropped_reason
    from suspects
    inner join starts  -- one or more windows that hold the click: told once
        on
            suspects.bot_filter_id = starts.bot_filter_id
            and suspects.person_id = starts.person_id
            and suspects.mail_key = starts.mail_key
            and suspects.done_at >= starts.started_at
            and {{ seconds_between('starts.started_at', 'suspects.done_at') }} < starts.window_seconds

)

select * from found
