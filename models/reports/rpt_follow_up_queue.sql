-- Priority first; then what can still be in time, soonest due first: what is about to be lost; then what is late,
-- warmest first. The clock shown is the next that can still be met: a missed one does not hide what is still to be won.
with

handoffs as (

    select * from {{ ref('fct_handoffs') }}
    where closed_at is null

),

clocks as (

    select * from {{ ref('fct_handoff_sla') }}

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

open_clocks as (

    select
        handoff_id,
        clock,
        due_at,
        sla_status,
        row_number() over (
            partition by handoff_id
            order by case when sla_status = 'open_breached' then 1 else 0 end, due_at, target_seconds, clock_id
        ) as due_rank
    from clocks
    where sla_status in ('open_on_track', 'open_at_risk', 'open_breached')

),

next_clocks as (

    select * from open_clocks
    where due_rank = 1

),

owners as (

    select
        handoff_id,
        rep_id,
        team,
        stopped_at is null and coalesce({{ is_listed("'out_of_office'", 'pause_reasons') }}, false) as is_owner_absent,
        row_number() over (partition by handoff_id order by sequence desc, clock_id asc) as stint_rank
    from clocks
    where clock = 'first_touch'

),

last_owners as (

    select * from owners
    where stint_rank = 1

),

waiting as (

    select
        handoffs.handoff_id,
        handoffs.mql_id,
        handoffs.person_id,
        handoffs.account_id,
        coalesce(last_owners.rep_id, handoffs.owner_id) as owner_id,
        coalesce(last_owners.team, handoffs.team) as team,
        handoffs.next_action,
        handoffs.priority,
        handoffs.handed_off_at,
        next_clocks.clock as due_clock,
        next_clocks.due_at,
        next_clocks.sla_status,
        case
            when handoffs.is_hand_raise then 'Asked for us'
            else coalesce(cycles.action_reason, 'Qualified')
        end as why_handed_off,
        case
            when handoffs.owner_id is null and last_owners.rep_id is null then 'nobody owns it'
            when handoffs.first_touch_at is null and handoffs.first_touch_date_without_time is null
                then 'no human touch yet'
            else 'touched, not accepted yet'
        end as what_is_open,
        case next_clocks.clock
            when 'assignment' then '; an owner'
            when 'speed_to_lead' then '; the first answer'
            when 'first_touch' then '; the owner''s own touch'
            when 'acceptance' then '; the acceptance'
            when 'meeting' then '; the meeting'
        end || case next_clocks.sla_status
            when 'open_breached' then ' is late'
            when 'open_at_risk' then ' is about to be late'
            else ' can still be in time'
        end as what_is_lost,
        case when last_owners.is_owner_absent then '; the owner is out of office in that time' end as who_is_away,
        case when handoffs.accepted_at is null then cycles.acceptance_due_at end as expires_at
    from handoffs
    left join cycles
        on handoffs.mql_id = cycles.mql_id
    left join next_clocks
        on handoffs.handoff_id = next_clocks.handoff_id
    left join last_owners
        on handoffs.handoff_id = last_owners.handoff_id
    where
        handoffs.accepted_at is null
        or (handoffs.first_touch_at is null and handoffs.first_touch_date_without_time is null)

),

final as (

    select
        row_number() over (
            order by
                coalesce(priority, 'P9') asc,
                case when due_at is null then 2 when sla_status = 'open_breached' then 1 else 0 end asc,
                case when sla_status <> 'open_breached' then due_at end asc,
                due_at desc,
                handed_off_at desc,
                handoff_id asc
        ) as rank,
        handoff_id,
        mql_id,
        person_id,
        account_id,
        owner_id,
        team,
        next_action,
        priority,
        handed_off_at,
        due_clock,
        due_at,
        cast(floor({{ seconds_between(as_of(), 'due_at') }} / 60.0) as bigint) as minutes_left,
        sla_status,
        expires_at,
        concat(
            why_handed_off,
            '; ',
            what_is_open,
            what_is_lost,
            who_is_away,
            '; the cycle ends unaccepted on ' || cast(cast(expires_at as date) as {{ dbt.type_string() }})
        ) as reason
    from waiting

)

select * from final
