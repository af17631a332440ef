-- Grain: day, from 2000 to as_of and the horizon of the calendars; for date filters in BI, and the spine of metrics.
with

numbers as (

    {{ whole_numbers(5) }}

),

days as (

    select cast({{ add_days("cast('2000-01-01' as timestamp)", 'number') }} as date) as date_day
    from numbers
    where
        number <= {{ days_between("cast('2000-01-01' as date)", 'cast(' ~ as_of() ~ ' as date)') }}
        + {{ calendar_horizon_days() }}

)

select
    date_day,
    cast({{ dbt.date_trunc('week', 'date_day') }} as date) as week_start,
    cast({{ dbt.date_trunc('month', 'date_day') }} as date) as month_start,
    cast({{ dbt.date_trunc('quarter', 'date_day') }} as date) as quarter_start,
    cast({{ dbt.date_trunc('year', 'date_day') }} as date) as year_start
from days
