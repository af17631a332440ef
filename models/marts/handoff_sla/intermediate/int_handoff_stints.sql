{{ config(materialized='table') }}

-- Grain: handoff x owner's stint while the handoff is watched.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}

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
        -- NULL while nobody else took over before the handoff's end
        case when stints.owned_until <= handoffs.watched_until then stints.owned_until end as reassigned_at
    from handoffs
    inner join stints
        on
            handoffs.person_id = stints.person_id
            and stints.owned_until > handoffs.handed_off_at
            and stints.owned_from <= handoffs.watched_until
            and stints.active_until >= handoffs.handed_off_at
            and stints.active_until >= stints.owned_from

)

select
    *,
    cast(row_number() over (partition by handoff_id order by stint_from, owner_id) as bigint) as stint_number
from overlapping
