-- Grain: cycle x instant of a hand-raise while it was open, the one that opened it included.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

activities as (

    select * from {{ ref('int_activities_by_earlier_person') }}

),

signals as (

    select
        signals_told.*,
        coalesce(activities.earlier_person_id, signals_told.person_id) as earlier_person_id
    from {{ ref('fct_signals') }} as signals_told
    left join activities  -- who raised their hand then
        on
            signals_told.person_id = activities.person_id
            and signals_told.source_system = activities.source_system
            and signals_told.source_activity_id = activities.source_activity_id
            and signals_told.occurred_at = activities.occurred_at
    where
        signals_told.is_counted
        and signals_told.is_hand_raise

),

numbered as (

    select
        cycles.mql_id,
        cycles.person_id,
        cycles.segment,
        signals.signal_id,
        signals.occurred_at as raised_at,
        signals.occurred_at_precision as raised_at_precision,
        coalesce(cycles.hand_raise_join_hours, 0) as join_hours,
        row_number() over (
            partition by cycles.mql_id, signals.occurred_at
            order by
                case when signals.occurred_at_precision = 'exact' then 0 else 1 end,
                signals.signal_id
        ) as copy_number
    from cycles
    inner join signals
        on
            cycles.earlier_person_id = signals.earlier_person_id
            and signals.occurred_at >= cycles.opened_at
            and signals.occurred_at < coalesce(cycles.closed_at, {{ open_end() }})

)

select
    mql_id,
    person_id,
    segment,
    signal_id,
    raised_at,
    raised_at_precision,
    join_hours
from numbered
where copy_number = 1
