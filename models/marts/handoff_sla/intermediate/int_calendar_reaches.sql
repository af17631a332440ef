{{ config(materialized='table') }}

-- Grain: calendar x slot of its open seconds x time open that reaches into the slot. Finds by one join the time open in
-- which a position is reached: that of seconds_before < position <= seconds_after.
with

opening_sums as (

    select * from {{ ref('int_calendar_opening_sums') }}

),

numbers as (

    {{ whole_numbers(1) }}

),

slots as (

    select
        *,
        {{ position_slot('seconds_before + 1') }} as first_slot,
        {{ position_slot('seconds_after') }} as last_slot
    from opening_sums

)

select
    slots.calendar_id,
    slots.first_slot + numbers.number as position_slot,
    slots.opens_at,
    slots.seconds_before,
    slots.seconds_after
from slots
inner join numbers  -- one row a slot: a time open lasts a day at most, and a slot is a part of one
    on slots.first_slot + numbers.number <= slots.last_slot
