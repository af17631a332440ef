-- Grain: calendar x day of a week since the first MQL on which it opens, or would by its weekly pattern: whether the
-- day is usual, and whether it was open in fact, for holidays close and special days open.
with

business_hours as (

    select * from {{ ref('stg_rules__business_hours') }}

),

special_days as (

    select
        calendar_id,
        holiday_date,
        max(case when opens_second is not null then 1 else 0 end) = 1 as is_open
    from {{ ref('stg_rules__holidays') }}
    group by calendar_id, holiday_date

),

days as (

    select
        *,
        cast(extract(isodow from day_date) as integer) as iso_weekday
    from {{ ref('int_capacity_days_listed') }}

),

usual_days as (

    select distinct
        business_hours.calendar_id,
        days.day_date,
        days.week_start
    from days
    inner join business_hours  -- one row an opening
        on
            days.iso_weekday = business_hours.iso_weekday
            and days.day_date >= business_hours.effective_from
            and days.day_date < business_hours.effective_until

),

special_days_placed as (

    select
        special_days.calendar_id,
        special_days.is_open,
        days.day_date,
        days.week_start
    from days
    inner join special_days
        on days.day_date = special_days.holiday_date

)

select
    coalesce(usual_days.calendar_id, special_days_placed.calendar_id) as calendar_id,
    coalesce(usual_days.day_date, special_days_placed.day_date) as day_date,
    coalesce(usual_days.week_start, special_days_placed.week_start) as week_start,
    usual_days.calendar_id is not null as is_usual,
    coalesce(special_days_placed.is_open, true) as is_open
from usual_days
full outer join special_days_placed
    on
        usual_days.calendar_id = special_days_placed.calendar_id
        and usual_days.day_date = special_days_placed.day_date
