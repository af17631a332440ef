-- Grain: person x instant with a counted signal. The one signal that stands for it: a hand-raise first.
with

signals_numbered as (

    select
        person_id,
        occurred_at,
        signal_id,
        signal_name,
        is_hand_raise,
        occurred_at_precision,
        row_number() over (
            partition by person_id, occurred_at
            order by case when is_hand_raise then 0 else 1 end, signal_id
        ) as signal_number
    from {{ ref('fct_signals') }}
    where is_counted

)

select
    person_id,
    occurred_at,
    signal_id,
    signal_name,
    is_hand_raise,
    occurred_at_precision
from signals_numbered
where signal_number = 1
