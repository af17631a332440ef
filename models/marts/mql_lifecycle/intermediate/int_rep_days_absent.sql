-- Grain: human rep x ISO week (UTC), from the first MQL to the run. The days on which their calendar opens in a usual
-- week, those on which it opened in this one, and on how many of these they were out of office at noon (UTC).
with

rep_weeks as (

    select * from {{ ref('int_rep_weeks_listed') }}

),

calendar_days as (

    select
        *,
        {{ add_seconds('cast(day_date as timestamp)', '43200') }} as noon
    from {{ ref('int_calendar_days_worked') }}

),

absences as (

    select * from {{ ref('int_rep_absences_conformed') }}

),

days_away as (  -- two absences of one day are one

    select distinct
        rep_weeks.rep_id,
        calendar_days.day_date
    from rep_weeks
    inner join calendar_days
        on
            rep_weeks.calendar_id = calendar_days.calendar_id
            and rep_weeks.week_start = calendar_days.week_start
            and calendar_days.is_open
    inner join absences
        on
            rep_weeks.rep_id = absences.rep_id
            and absences.absent_from <= calendar_days.noon
            and absences.absent_until > calendar_days.noon

)

select
    rep_weeks.rep_id,
    rep_weeks.team,
    rep_weeks.week_start,
    rep_weeks.calendar_id,
    cast(count(case when calendar_days.is_usual then 1 end) as bigint) as days_usual,
    cast(count(case when calendar_days.is_open then 1 end) as bigint) as days_open,
    cast(count(days_away.day_date) as bigint) as days_absent
from rep_weeks
left join calendar_days
    on
        rep_weeks.calendar_id = calendar_days.calendar_id
        and rep_weeks.week_start = calendar_days.week_start
left join days_away
    on
        rep_weeks.rep_id = days_away.rep_id
        and calendar_days.day_date = days_away.day_date
group by rep_weeks.rep_id, rep_weeks.team, rep_weeks.week_start, rep_weeks.calendar_id
