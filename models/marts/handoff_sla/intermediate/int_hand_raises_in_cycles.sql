-- Grain: cycle x instant of a hand-raise while it was open, the one that opened it included.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted and is_hand_raise

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
            cycles.person_id = signals.person_id
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
