-- Grain: human rep x ISO week (UTC), from the first MQL to the run. What each can work.
with

reps as (

    select * from {{ ref('int_reps_conformed') }}
    where not is_automation

),

capacity as (

    select * from {{ ref('stg_rules__sales_capacity') }}

),

days_absent as (

    select * from {{ ref('int_rep_days_absent') }}

),

bounds as (

    select
        cast({{ dbt.date_trunc('week', 'min(opened_at)') }} as date) as first_week,
        cast({{ as_of() }} as date) as last_date
    from {{ ref('fct_mql_cycles') }}

),

numbers as (

    {{ whole_numbers(4) }}

),

weeks as (

    select cast({{ add_days('cast(bounds.first_week as timestamp)', 'numbers.number * 7') }} as date) as week_start
    from bounds
    inner join numbers
        on numbers.number * 7 <= {{ days_between('bounds.first_week', 'bounds.last_date') }}

),

limits_numbered as (

    select
        reps.rep_id,
        weeks.week_start,
        capacity.rule_id,
        capacity.max_handoffs_per_week,
        row_number() over (
            partition by reps.rep_id, weeks.week_start
            order by capacity.sort_order, capacity.rule_id
        ) as limit_number
    from reps
    cross join weeks  -- every rep has every week
    inner join capacity  -- every row that fits; the first is kept below
        on
            (capacity.rep_id is null or capacity.rep_id = reps.rep_id)
            and (capacity.team is null or capacity.team = reps.team)
            and {{ is_in_force('capacity', 'cast(weeks.week_start as timestamp)') }}

),

first_limits as (

    select * from limits_numbered
    where limit_number = 1

)

select
    reps.rep_id,
    weeks.week_start,
    reps.team,
    first_limits.rule_id as capacity_rule_id,
    first_limits.max_handoffs_per_week,
    coalesce(days_absent.days_absent, 0) as days_absent,
    -- what a rep can work in the days they are there, in whole handoffs
    cast(
        floor(first_limits.max_handoffs_per_week * (5 - coalesce(days_absent.days_absent, 0)) / 5.0) as bigint
    ) as handoffs_workable
from reps
cross join weeks  -- every rep has every week
left join first_limits
    on
        reps.rep_id = first_limits.rep_id
        and weeks.week_start = first_limits.week_start
left join days_absent
    on
        reps.rep_id = days_absent.rep_id
        and weeks.week_start = days_absent.week_start
