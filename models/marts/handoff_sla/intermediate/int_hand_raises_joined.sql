{{ config(materialized='table') }}

-- Grain: hand-raise that is handed off by itself: the first of a cycle, then each that comes after the joining hours of
-- the last one handed off. One step a handoff.
with recursive

hand_raises as (

    select * from {{ ref('int_hand_raises_in_cycles') }}

),

next_raises as (

    select
        hand_raises.mql_id,
        hand_raises.raised_at,
        min(later_raises.raised_at) as next_raised_at
    from hand_raises
    inner join hand_raises as later_raises
        on
            hand_raises.mql_id = later_raises.mql_id
            and later_raises.raised_at > hand_raises.raised_at
            and later_raises.raised_at >= {{ add_seconds('hand_raises.raised_at', '3600 * hand_raises.join_hours') }}
    group by hand_raises.mql_id, hand_raises.raised_at

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
    hand_raises.signal_id
from walked
inner join hand_raises
    on
        walked.mql_id = hand_raises.mql_id
        and walked.raised_at = hand_raises.raised_at
