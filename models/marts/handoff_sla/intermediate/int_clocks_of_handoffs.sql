-- Grain: clock that runs on the handoff itself: assignment, speed_to_lead, acceptance, meeting.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

),

stints as (

    select * from {{ ref('int_handoff_stints') }}
    where stint_number = 1

),

touches as (

    select * from {{ ref('int_handoff_first_touches') }}

),

known as (

    select
        handoffs.handoff_id,
        handoffs.handed_off_at,
        handoffs.accepted_at,
        handoffs.accepted_at_precision,
        handoffs.rejected_at,
        stints.stint_from as assigned_at,
        stints.owner_id,
        stints.is_owner_at_handoff,
        stints.is_start_known,
        touches.first_touch_at,
        touches.first_touch_date_without_time,
        touches.meeting_held_at,
        touches.meeting_date_without_time
    from handoffs
    left join stints
        on handoffs.handoff_id = stints.handoff_id
    left join touches
        on handoffs.handoff_id = touches.handoff_id

),

clocks as (

    select
        handoff_id,
        'assignment' as clock,
        handed_off_at as started_at,
        case when is_start_known then assigned_at end as stopped_at,
        case when not is_start_known then cast(assigned_at as date) end as stop_date_without_time,
        owner_id,
        coalesce(is_owner_at_handoff, false) as has_owner_at_start
    from known
    union all
    select
        handoff_id,
        'speed_to_lead' as clock,
        handed_off_at as started_at,
        first_touch_at as stopped_at,
        first_touch_date_without_time as stop_date_without_time,
        owner_id,
        coalesce(is_owner_at_handoff, false) as has_owner_at_start
    from known
    union all
    select
        handoff_id,
        'acceptance' as clock,
        assigned_at as started_at,
        case
            when not is_start_known then null
            when accepted_at_precision <> 'exact' and cast(accepted_at as date) >= cast(assigned_at as date) then null
            when coalesce(accepted_at, rejected_at) < assigned_at then assigned_at
            else coalesce(accepted_at, rejected_at)
        end as stopped_at,
        case
            when not is_start_known then cast(assigned_at as date)
            when accepted_at_precision <> 'exact' and cast(accepted_at as date) >= cast(assigned_at as date)
                then cast(accepted_at as date)
        end as stop_date_without_time,
        owner_id,
        true as has_owner_at_start
    from known
    where
        assigned_at is not null
        -- what sales had accepted before the handoff is not theirs to accept again
        and (accepted_at is null or accepted_at >= handed_off_at)
    union all
    select
        handoff_id,
        'meeting' as clock,
        handed_off_at as started_at,
        meeting_held_at as stopped_at,
        meeting_date_without_time as stop_date_without_time,
        owner_id,
        coalesce(is_owner_at_handoff, false) as has_owner_at_start
    from known

)

select
    handoff_id,
    clock,
    cast(1 as bigint) as sequence,
    started_at,
    stopped_at,
    stop_date_without_time,
    cast(null as timestamp) as reassigned_at,
    owner_id,
    has_owner_at_start
from clocks
