-- Grain: day (UTC) of the ISO weeks from the first MQL's to the run's, to the last one's Sunday.
with

bounds as (

    select
        cast({{ dbt.date_trunc('week', 'min(opened_at)') }} as date) as first_week,
        cast({{ dbt.date_trunc('week', as_of()) }} as date) as last_week
    from {{ ref('fct_mql_cycles') }}

),

numbers as (

    {{ whole_numbers(5) }}

),

days as (

    select cast({{ add_days('cast(bounds.first_week as timestamp)', 'numbers.number') }} as date) as day_date
    from bounds
    inner join numbers
        on numbers.number <= {{ days_between('bounds.first_week', 'bounds.last_week') }} + 6

)

select
    day_date,
    cast({{ dbt.date_trunc('week', 'day_date') }} as date) as week_start
from days
