-- Grain: activity's signal x burst filter. Each stands in some window of the filter's seconds, half-open, in which the
-- person did at least the filter's number of things.
with

suspects as (

    select * from {{ ref('int_bot_suspects_collected') }}
    where filter_kind = 'burst'

),

things as (  -- one thing done once, however often the source tells it

    select distinct
        bot_filter_id,
        person_id,
        min_count,
        window_seconds,
        done_at,
        {{ key_of(['activity_name', 'asset_id', 'url']) }} as thing_key
    from suspects

),

things_numbered as (

    select
        *,
        row_number() over (partition by bot_filter_id, person_id order by done_at, thing_key) as thing_number
    from things

),

starts as (

    select
        first_things.bot_filter_id,
        first_things.person_id,
        first_things.thing_number
    from things_numbered as first_things
    inner join things_numbered as last_things
        on
            first_things.bot_filter_id = last_things.bot_filter_id
            and first_things.person_id = last_things.person_id
            and first_things.thing_number + first_things.min_count - 1 = last_things.thing_number
    where {{ seconds_between('first_things.done_at', 'last_things.done_at') }} < first_things.window_seconds

),

things_started as (

    select
        things_numbered.*,
        -- the latest burst that began no later reaches furthest
        max(case when starts.thing_number is not null then things_numbered.done_at end) over (
            partition by things_numbered.bot_filter_id, things_numbered.person_id
            order by things_numbered.thing_number
            rows between unbounded preceding and current row
        ) as burst_started_at
    from things_numbered
    left join starts
        on
            things_numbered.bot_filter_id = starts.bot_filter_id
            and things_numbered.person_id = starts.person_id
            and things_numbered.thing_number = starts.thing_number

),

found as (

    select
        suspects.signal_id,
        suspects.bot_filter_id,
        suspects.dropped_reason
    from suspects
    inner join things_started
        on
            suspects.bot_filter_id = things_started.bot_filter_id
            and suspects.person_id = things_started.person_id
            and suspects.done_at = things_started.done_at
            and {{ key_of(['suspects.activity_name', 'suspects.asset_id', 'suspects.url']) }} = things_started.thing_key
    where
        {{ seconds_between('things_started.burst_started_at', 'things_started.done_at') }}
        < things_started.window_seconds

)

select * from found
