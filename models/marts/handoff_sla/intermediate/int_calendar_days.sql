-- Grain: calendar x local day, from two days before the first clock to as_of and the horizon for targets beyond it.
with

calendars as (

    select * from {{ ref('stg_rules__calendars') }}

),

bounds as (

    select
        cast({{ add_days('coalesce(min(started_at), ' ~ as_of() ~ ')', '-2') }} as date) as first_date,
        cast({{ add_days(as_of(), calendar_horizon_days()) }} as date) as last_date
    from {{ ref('int_clocks_started') }}

),

numbers as (

    {{ whole_numbers(5) }}

),

days as (

    select cast({{ add_days('cast(bounds.first_date as timestamp)', 'numbers.number') }} as date) as local_date
    from bounds
    inner join numbers
        on numbers.number <= {{ days_between('bounds.first_date', 'bounds.last_date') }}

)

select
    calendars.calendar_id,
    calendars.time_zone,
    days.local_date
from calendars
cross join days  -- every calendar has every day
