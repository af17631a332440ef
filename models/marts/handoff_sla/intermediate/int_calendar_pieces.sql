-- Grain: calendar x UTC day x time open without a break: openings cut at UTC midnights, then merged where they touch or
-- overlap, so that nothing counts twice.
with

openings as (

    select * from {{ ref('int_calendar_openings') }}

),

numbers as (

    {{ whole_numbers(1) }}

),

cut as (

    select
        openings.calendar_id,
        openings.opens_at,
        openings.closes_at,
        {{ add_days("date_trunc('day', openings.opens_at)", 'numbers.number') }} as day_starts_at
    from openings
    inner join numbers  -- one row a UTC day that the opening reaches into
        on {{ add_days("date_trunc('day', openings.opens_at)", 'numbers.number') }} < openings.closes_at

),

clipped as (

    select
        calendar_id,
        cast(day_starts_at as date) as utc_date,
        case when opens_at > day_starts_at then opens_at else day_starts_at end as opens_at,
        case
            when closes_at < {{ add_days('day_starts_at', '1') }} then closes_at
            else {{ add_days('day_starts_at', '1') }}
        end as closes_at
    from cut

),

with_previous as (

    select
        *,
        max(closes_at) over (
            partition by calendar_id, utc_date
            order by opens_at, closes_at
            rows between unbounded preceding and 1 preceding
        ) as closed_before
    from clipped

),

islands as (

    select
        *,
        sum(case when closed_before is null or opens_at > closed_before then 1 else 0 end) over (
            partition by calendar_id, utc_date
            order by opens_at, closes_at
            rows between unbounded preceding and current row
        ) as island_number
    from with_previous

)

select
    calendar_id,
    utc_date,
    min(opens_at) as opens_at,
    max(closes_at) as closes_at
from islands
group by calendar_id, utc_date, island_number
