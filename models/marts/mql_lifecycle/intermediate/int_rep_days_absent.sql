-- Grain: rep x ISO week (UTC) in which they were out of office on a weekday, since the first MQL. A day counts if they
-- were away at noon.
with

absences as (

    select * from {{ ref('int_rep_absences_conformed') }}

),

bounds as (

    select cast({{ dbt.date_trunc('week', 'coalesce(min(opened_at), ' ~ as_of() ~ ')') }} as date) as first_week
    from {{ ref('fct_mql_cycles') }}

),

numbers as (

    {{ whole_numbers(5) }}

),

days as (

    select cast({{ add_days('cast(bounds.first_week as timestamp)', 'numbers.number') }} as timestamp) as day_start
    from bounds
    inner join numbers
        on numbers.number <= {{ days_between('bounds.first_week', 'cast(' ~ as_of() ~ ' as date)') }} + 6

),

weekdays as (

    select
        {{ add_seconds('day_start', '43200') }} as noon,
        cast({{ dbt.date_trunc('week', 'day_start') }} as date) as week_start
    from days
    where {{ days_between("cast(" ~ dbt.date_trunc('week', 'day_start') ~ " as date)", "cast(day_start as date)") }} < 5

)

select
    absences.rep_id,
    weekdays.week_start,
    cast(count(distinct weekdays.noon) as bigint) as days_absent
from absences
inner join weekdays  -- each weekday of an absence
    on
        absences.absent_from <= weekdays.noon
        and absences.absent_until > weekdays.noon
group by absences.rep_id, weekdays.week_start
