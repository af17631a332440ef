-- The clock shown is the next that can still be met: a missed one does not hide what is still to be won, and stands
-- beside it.
with

handoffs as (

    select * from {{ ref('fct_handoffs') }}
    where
        closed_at is null
        and (
            accepted_at is null
            or (first_touch_at is null and first_touch_date_without_time is null)
        )

),

clocks as (

    select * from {{ ref('fct_handoff_sla') }}

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

clocks_missed as (  -- one a handoff: owners who followed one another may each have missed the same clock

    select
        handoff_id,
        clock,
        min(due_at) as missed_since
    from open_clocks
    where sla_status = 'open_breached'
    group by
        handoff_id,
        clock

),

missed as (

    select
        handoff_id,
        {{ dbt.listagg('clock', "', '", 'order by missed_since, clock') }} as missed_clocks,
        min(missed_since) as missed_since
    from clocks_missed
    group by handoff_id

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

final as (

    select
        handoffs.handoff_id,
        coalesce(last_owners.rep_id, handoffs.owner_id) as owner_id,
        coalesce(last_owners.team, handoffs.team) as team,
        coalesce(last_owners.is_owner_absent, false) as is_owner_absent,
        (handoffs.first_touch_at is not null or handoffs.first_touch_date_without_time is not null) as is_touched,
        next_clocks.clock as due_clock,
        next_clocks.due_at,
        next_clocks.sla_status,
        missed.missed_clocks,
        missed.missed_since
    from handoffs
    left join next_clocks
        on handoffs.handoff_id = next_clocks.handoff_id
    left join missed
        on handoffs.handoff_id = missed.handoff_id
    left join last_owners
        on handoffs.handoff_id = last_owners.handoff_id

)

select * from final
