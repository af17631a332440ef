{{ config(materialized='table') }}

-- Grain: handoff: a cycle's opening if its action is sales', and each later hand-raise that is handed off by itself.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

hand_raises as (

    select * from {{ ref('int_hand_raises_joined') }}

),

moments as (

    select
        mql_id,
        opened_at as handed_off_at,
        opened_at_precision,
        entry_reason = 'hand_raise' as is_hand_raise,
        entry_signal_id as signal_id,
        next_action,
        priority
    from cycles
    where opens_handoff
    union all
    select
        cycles.mql_id,
        hand_raises.raised_at as handed_off_at,
        -- its own, however vaguely its cycle began
        hand_raises.raised_at_precision as opened_at_precision,
        true as is_hand_raise,
        hand_raises.signal_id,
        hand_raises.next_action,
        hand_raises.priority
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
    sequenced.opened_at_precision,
    sequenced.is_hand_raise,
    sequenced.signal_id,
    sequenced.next_action,
    sequenced.priority,
    cycles.person_id,
    cycles.earlier_person_id,
    cycles.account_id,
    cycles.segment,
    cycles.channel,
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
