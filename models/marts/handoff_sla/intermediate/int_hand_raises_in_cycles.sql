-- Grain: hand-raise inside an open cycle, the one that opened it included.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}
    where opens_handoff

),

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted and is_hand_raise and occurred_at_precision = 'exact'

),

numbered as (

    select
        cycles.mql_id,
        signals.signal_id,
        signals.occurred_at as raised_at,
        coalesce(cycles.hand_raise_join_hours, 0) as join_hours,
        row_number() over (
            partition by cycles.mql_id, signals.occurred_at
            order by signals.signal_id
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
    signal_id,
    raised_at,
    join_hours
from numbered
where copy_number = 1
