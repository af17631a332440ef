-- Grain: first_touch clock, one for each owner's stint: what a rep is judged on. Whoever takes over what sales has
-- accepted already (an account executive after the conversion) follows no lead up: no clock.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

stints as (

    select * from {{ ref('int_handoff_stints') }}

),

stint_touches as (

    select
        handoff_id,
        stint_number,
        min(case when is_exact and not is_before_handoff then touched_at end) as first_touch_at,
        min(case when not is_exact and not is_before_handoff then cast(touched_at as date) end) as first_touch_date
    from {{ ref('int_handoff_touches') }}
    where stops_clock and stint_number is not null
    group by handoff_id, stint_number

)

select
    stints.handoff_id,
    'first_touch' as clock,
    stints.stint_number as sequence,
    stints.stint_from as started_at,
    stint_touches.first_touch_at as stopped_at,
    stint_touches.first_touch_date as stop_date_without_time,
    stints.reassigned_at,
    stints.owner_id,
    true as has_owner_at_start
from stints
inner join handoffs
    on stints.handoff_id = handoffs.handoff_id
left join stint_touches
    on
        stints.handoff_id = stint_touches.handoff_id
        and stints.stint_number = stint_touches.stint_number
where
    stints.stint_number = 1
    or handoffs.accepted_at is null
    or stints.stint_from < handoffs.accepted_at
