-- Priority first; then what can still be answered in time, soonest due first; then what is overdue, warmest first.
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
        row_number() over (partition by handoff_id order by due_at, target_seconds, clock_id) as due_rank
    from clocks
    where sla_status in ('open_on_track', 'open_at_risk', 'open_breached')

),

owners as (

    select
        handoff_id,
        rep_id,
        team,
        row_number() over (partition by handoff_id order by sequence desc, clock_id asc) as stint_rank
    from clocks
    where clock = 'first_touch'

),

waiting as (

    select
        handoffs.handoff_id,
        handoffs.mql_id,
        handoffs.person_id,
        handoffs.account_id,
        coalesce(owners.rep_id, handoffs.owner_id) as owner_id,
        coalesce(owners.team, handoffs.team) as team,
        handoffs.next_action,
        handoffs.priority,
        handoffs.handed_off_at,
        open_clocks.clock as due_clock,
        open_clocks.due_at,
        open_clocks.sla_status,
        case
            when handoffs.is_hand_raise then 'Asked for us'
            else coalesce(cycles.action_reason, 'Qualified')
        end as why_handed_off,
        case
            when handoffs.owner_id is null and owners.rep_id is null then 'nobody owns it'
            when handoffs.first_touch_at is null and handoffs.first_touch_date_without_time is null
                then 'no human touch yet'
            else 'touched, not accepted yet'
        end as what_is_open
    from handoffs
    left join cycles
        on handoffs.mql_id = cycles.mql_id
    left join open_clocks
        on
            handoffs.handoff_id = open_clocks.handoff_id
            and open_clocks.due_rank = 1
    left join owners
        on
            handoffs.handoff_id = owners.handoff_id
            and owners.stint_rank = 1
    where
        handoffs.accepted_at is null
        or (handoffs.first_touch_at is null and handoffs.first_touch_date_without_time is null)

),

final as (

    select
        row_number() over (
            order by
                coalesce(priority, 'P9'),
                case when due_at is null then 2 when due_at < {{ as_of() }} then 1 else 0 end,
                case when due_at >= {{ as_of() }} then due_at end,
                due_at desc,
                handed_off_at desc,
                handoff_id
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
        concat(why_handed_off, '; ', what_is_open) as reason
    from waiting

)

select * from final
