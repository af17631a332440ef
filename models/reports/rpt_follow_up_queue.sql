-- Priority first; then what can still be in time, soonest due first: what is about to be lost; then what is late,
-- warmest first.
with

open_handoffs as (

    select * from {{ ref('fct_open_handoffs') }}

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

waiting as (

    select
        open_handoffs.*,
        handoffs.mql_id,
        handoffs.person_id,
        handoffs.account_id,
        handoffs.next_action,
        handoffs.priority,
        handoffs.handed_off_at,
        case when handoffs.accepted_at is null then cycles.acceptance_due_at end as expires_at,
        case
            when handoffs.is_hand_raise then 'Asked for us'
            else coalesce(cycles.action_reason, 'Qualified')
        end as why_handed_off,
        case
            when open_handoffs.owner_id is null then 'nobody owns it'
            when not open_handoffs.is_touched then 'no human touch yet'
            else 'touched, not accepted yet'
        end as what_is_open
    from open_handoffs
    inner join handoffs
        on open_handoffs.handoff_id = handoffs.handoff_id
    left join cycles
        on handoffs.mql_id = cycles.mql_id

),

explained as (

    select
        *,
        concat(
            why_handed_off,
            '; ',
            what_is_open,
            '; already late: ' || {{ clock_in_words('missed_clocks') }},
            case sla_status
                when 'open_at_risk' then '; ' || {{ clock_in_words('due_clock') }} || ' is about to be late'
                when 'open_on_track' then '; ' || {{ clock_in_words('due_clock') }} || ' can still be in time'
            end,
            case when is_owner_absent then '; the owner is out of office in that time' end,
            '; the cycle ends unaccepted on ' || cast(cast(expires_at as date) as {{ dbt.type_string() }})
        ) as reason
    from waiting

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
        missed_clocks,
        missed_since,
        expires_at,
        reason
    from explained

)

select * from final
