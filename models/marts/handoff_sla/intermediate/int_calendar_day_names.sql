-- Grain: calendar x local day that has a name. Several openings of a special day bear one.
with

holidays as (

    select * from {{ ref('stg_rules__holidays') }}

)

select
    calendar_id,
    holiday_date as local_date,
    min(holiday_name) as day_name
from holidays
group by calendar_id, holiday_date
