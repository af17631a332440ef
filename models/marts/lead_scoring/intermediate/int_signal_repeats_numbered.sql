{{ config(materialized='table') }}

-- Grain: counted signal that is not the first of its name on its asset and UTC day by that person. A rule speaks of one
-- name, so that the number is the same for every rule of every scoring model: it is counted once, and only where a day
-- saw more than one.
with

signals as (

    select
        signal_id,
        person_id,
        signal_name,
        asset_id,
        occurred_at,
        cast(occurred_at as date) as occurred_date
    from {{ ref('fct_signals') }}
    where is_counted

),

crowded_days as (

    select
        person_id,
        signal_name,
        asset_id,
        occurred_date
    from signals
    group by person_id, signal_name, asset_id, occurred_date
    having count(*) > 1

),

numbered as (

    select
        signals.signal_id,
        row_number() over (
            partition by signals.person_id, signals.signal_name, signals.asset_id, signals.occurred_date
            order by signals.occurred_at, signals.signal_id
        ) as number_in_day
    from signals
    inner join crowded_days
        on
            signals.person_id = crowded_days.person_id
            and signals.signal_name = crowded_days.signal_name
            and signals.asset_id is not distinct from crowded_days.asset_id
            and signals.occurred_date = crowded_days.occurred_date

)

select
    signal_id,
    number_in_day
from numbered
where number_in_day > 1
