{{ config(materialized='table') }}

-- Grain: handoff: a cycle's opening, and each later hand-raise that is handed off by itself.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}
    where opens_handoff

),

hand_raises as (

    select * from {{ ref('int_hand_raises_joined') }}

),

moments as (

    select
        mql_id,
        opened_at as handed_off_at,
        entry_reason = 'hand_raise' as is_hand_raise,
        entry_signal_id as signal_id,
        opened_at_precision
    from cycles
    union all
    select
        cycles.mql_id,
        hand_raises.raised_at as handed_off_at,
        true as is_hand_raise,
        hand_raises.signal_id,
        'exact' as opened_at_precision  -- known to the second, however vaguely its cycle began
    from cycles
    inner join hand_raises
        on cycles.mql_id = hand_raises.mql_id
    where hand_raises.raised_at > cycles.opened_at

),

sequenced as (

    select
        *,
        cast(row_number() over (partition by mql_id order by handed_off_at) as bigint) as sequence
    from moments

)

select
    {{ key_of(['sequenced.mql_id', 'sequenced.sequence']) }} as handoff_id,
    sequenced.mql_id,
    sequenced.sequence,
    sequenced.handed_off_at,
    sequenced.is_hand_raise,
    sequenced.signal_id,
    cycles.person_id,
    cycles.account_id,
    cycles.segment,
    cycles.channel,
    cycles.priority as cycle_priority,
    cycles.next_action as cycle_next_action,
    sequenced.opened_at_precision,
    cycles.accepted_at,
    cycles.accepted_at_precision,
    cycles.rejected_at,
    cycles.closed_at,
    cycles.outcome,
    cycles.outcome_reason,
    -- until when the handoff is looked at: its cycle's end, or the run's moment
    coalesce(cycles.closed_at, {{ as_of() }}) as watched_until
from sequenced
inner join cycles
    on sequenced.mql_id = cycles.mql_id
