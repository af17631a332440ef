-- Grain: person who ever was an MQL: their last cycle.
with

cycles_numbered as (

    select
        *,
        row_number() over (
            partition by person_id order by case when is_latest then 0 else 1 end, cycle_number desc
        ) as cycles_back
    from {{ ref('fct_mql_cycles') }}

)

select
    person_id,
    mql_id,
    closed_at,
    outcome,
    quiet_until
from cycles_numbered
where cycles_back = 1
