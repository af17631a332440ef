-- Grain: handoff, with the cadence in force at it: how many touches over how many days before giving up. NULL where no
-- cadence applies.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

cadences as (

    select * from {{ ref('stg_rules__cadences') }}

),

matches as (

    select
        handoffs.handoff_id,
        cadences.cadence_id,
        cadences.min_touches,
        cadences.min_days,
        row_number() over (
            partition by handoffs.handoff_id
            order by cadences.sort_order, cadences.cadence_id
        ) as cadence_number
    from handoffs
    inner join cadences  -- every cadence that fits; the first is kept below
        on
            {{ is_in_force('cadences', 'handoffs.handed_off_at') }}
            and (cadences.priority is null or cadences.priority = handoffs.priority)
            and (cadences.is_hand_raise is null or cadences.is_hand_raise = handoffs.is_hand_raise)

)

select
    handoff_id,
    cadence_id,
    min_touches,
    min_days
from matches
where cadence_number = 1
