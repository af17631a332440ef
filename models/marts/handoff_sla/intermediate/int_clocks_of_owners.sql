-- Grain: first_touch clock, one for each owner's stint: what a rep is judged on. Whoever takes over what sales has
-- accepted already (an account executive after the conversion) follows no lead up: no clock.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

stints as (

    select * from {{ ref('int_handoff_stints') }}

),

touches as (

    select * from {{ ref('int_handoff_touches') }}
    where
        stops_clock
        and not is_before_handoff

),

stint_touches as (

    select
        stints.handoff_id,
        stints.stint_number,
        min(case when touches.is_exact then touches.touched_at end) as first_touch_at,
        min(case when not touches.is_exact then cast(touches.touched_at as date) end) as first_touch_date
    from stints
    inner join touches  -- each touch by the owner while they own the person, or on a day on which they do
        on
            stints.handoff_id = touches.handoff_id
            and stints.owner_id = touches.rep_id
            and case
                when touches.is_exact
                    then
                        touches.touched_at >= stints.stint_from
                        and touches.touched_at < coalesce(stints.reassigned_at, {{ open_end() }})
                else
                    cast(touches.touched_at as date) >= cast(stints.stint_from as date)
                    and cast(touches.touched_at as date)
                    <= cast(coalesce(stints.reassigned_at, {{ open_end() }}) as date)
            end
    group by stints.handoff_id, stints.stint_number

)

select
    stints.handoff_id,
    'first_touch' as clock,
    stints.stint_number as sequence,
    stints.stint_from as started_at,
    case when stints.is_start_known then stint_touches.first_touch_at end as stopped_at,
    -- what starts at an unknown time of a day cannot be read to the second either
    case when stints.is_start_known then stint_touches.first_touch_date else cast(stints.stint_from as date) end
        as stop_date_without_time,
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
