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
        case when raised_at_precision = 'exact' then raised_at end as exactly_raised_at,
        cast(null as timestamp) as asked_by,
        false as asks_for_exact
    from hand_raises
    union all
    select
        mql_id,
        {{ add_seconds('raised_at', 'case when join_hours > 0 then 3600 * join_hours else 1 end') }} as moment,
        cast(null as timestamp) as raised_at,
        cast(null as timestamp) as exactly_raised_at,
        raised_at as asked_by,
        false as asks_for_exact
    from hand_raises
    union all
    -- a request known to the second repeats none that is known only by its day: it has clocks, the other has none
    select
        mql_id,
        {{ add_seconds('raised_at', '1') }} as moment,
        cast(null as timestamp) as raised_at,
        cast(null as timestamp) as exactly_raised_at,
        raised_at as asked_by,
        true as asks_for_exact
    from hand_raises
    where raised_at_precision <> 'exact'

),

looking_ahead as (

    select
        mql_id,
        asked_by,
        asks_for_exact,
        min(raised_at) over from_then_on as next_raised_at,
        min(exactly_raised_at) over from_then_on as next_exactly_raised_at
    from timeline
    window from_then_on as (
        partition by mql_id
        order by moment
        range between current row and unbounded following
    )

),

next_raises as (

    select
        mql_id,
        asked_by as raised_at,
        min(case when asks_for_exact then next_exactly_raised_at else next_raised_at end) as next_raised_at
    from looking_ahead
    where asked_by is not null
    group by mql_id, asked_by

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
    where next_raises.next_raised_at is not null

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
