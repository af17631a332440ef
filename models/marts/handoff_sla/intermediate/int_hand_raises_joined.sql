{{ config(materialized='table') }}

-- Grain: hand-raise that is handed off by itself: the first of a cycle, then each that comes after the joining hours of
-- the last one handed off. One step a handoff.
with recursive

hand_raises as (

    select * from {{ ref('int_hand_raises_routed') }}

),

timeline as (  -- "the first hand-raise from then on" is asked in the hand-raises' own order: one pass, no pair of rows

    select
        mql_id,
        raised_at as moment,
        raised_at,
        cast(null as timestamp) as asked_by
    from hand_raises
    union all
    select
        mql_id,
        {{ add_seconds('raised_at', 'case when join_hours > 0 then 3600 * join_hours else 1 end') }} as moment,
        cast(null as timestamp) as raised_at,
        raised_at as asked_by
    from hand_raises

),

looking_ahead as (

    select
        mql_id,
        asked_by,
        min(raised_at) over (
            partition by mql_id
            order by moment
            range between current row and unbounded following
        ) as next_raised_at
    from timeline

),

next_raises as (

    select
        mql_id,
        asked_by as raised_at,
        next_raised_at
    from looking_ahead
    where
        asked_by is not null
        and next_raised_at is not null

),

walked as (

    select
        mql_id,
        min(raised_at) as raised_at
    from hand_raises
    group by mql_id
    union all
    select
        walked.mql_id,
        next_raises.next_raised_at as raised_at
    from walked
    inner join next_raises
        on
            walked.mql_id = next_raises.mql_id
            and walked.raised_at = next_raises.raised_at

)

select
    walked.mql_id,
    walked.raised_at,
    hand_raises.raised_at_precision,
    hand_raises.signal_id,
    hand_raises.next_action,
    hand_raises.priority
from walked
inner join hand_raises
    on
        walked.mql_id = hand_raises.mql_id
        and walked.raised_at = hand_raises.raised_at
