{{ config(materialized='table') }}

-- Grain: handoff x owner's stint while the handoff is watched.
with

handoffs as (

    select
        *,
        coalesce(closed_at, {{ open_end() }}) as closes_at
    from {{ ref('int_handoffs_sequenced') }}

),

stints as (

    select * from {{ ref('int_owner_stints') }}

),

overlapping as (

    select
        handoffs.handoff_id,
        stints.owner_id,
        stints.team,
        stints.calendar_id,
        stints.owned_from <= handoffs.handed_off_at as is_owner_at_handoff,
        case when stints.owned_from > handoffs.handed_off_at then stints.owned_from else handoffs.handed_off_at end
            as stint_from,
        -- an assignment known only by its day may lie on either side of a handoff of that day
        stints.is_time_known
        or cast(stints.owned_from as date) < cast(handoffs.handed_off_at as date) as is_start_known,
        -- NULL where nobody took over while the handoff was open: who is given it in the second in which its cycle
        -- closes (a conversion, a return to the queue) neither takes it over nor relieves its owner of it
        case
            when stints.owned_until <= handoffs.watched_until and stints.owned_until < handoffs.closes_at
                then stints.owned_until
        end as reassigned_at
    from handoffs
    inner join stints
        on
            handoffs.earlier_person_id = stints.person_id
            and stints.owned_until > handoffs.handed_off_at
            and stints.owned_from <= handoffs.watched_until
            and (stints.owned_from <= handoffs.handed_off_at or stints.owned_from < handoffs.closes_at)
            and stints.active_until >= handoffs.handed_off_at
            and stints.active_until >= stints.owned_from

)

select
    *,
    cast(row_number() over (partition by handoff_id order by stint_from, owner_id) as bigint) as stint_number
from overlapping
