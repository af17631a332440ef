-- Grain: human rep x ISO week (UTC), from the first MQL to the run. What each can work.
with

rep_weeks as (

    select * from {{ ref('int_rep_days_absent') }}

),

capacity as (

    select * from {{ ref('stg_rules__sales_capacity') }}

),

limits_numbered as (

    select
        rep_weeks.rep_id,
        rep_weeks.week_start,
        capacity.rule_id,
        capacity.max_handoffs_per_week,
        row_number() over (
            partition by rep_weeks.rep_id, rep_weeks.week_start
            order by capacity.sort_order, capacity.rule_id
        ) as limit_number
    from rep_weeks
    inner join capacity  -- every row that fits; the first is kept below
        on
            (capacity.rep_id is null or capacity.rep_id = rep_weeks.rep_id)
            and (capacity.team is null or capacity.team = rep_weeks.team)
            and {{ is_in_force('capacity', 'cast(rep_weeks.week_start as timestamp)') }}

),

first_limits as (

    select * from limits_numbered
    where limit_number = 1

)

select
    rep_weeks.rep_id,
    rep_weeks.week_start,
    rep_weeks.team,
    first_limits.rule_id as capacity_rule_id,
    first_limits.max_handoffs_per_week,
    rep_weeks.days_open,
    rep_weeks.days_absent,
    -- what a rep can work in the days they are there, in whole handoffs; a day more than usual asks for no more
    case
        when rep_weeks.days_usual = 0 or rep_weeks.days_open - rep_weeks.days_absent >= rep_weeks.days_usual
            then first_limits.max_handoffs_per_week
        else cast(
            floor(
                cast(first_limits.max_handoffs_per_week * (rep_weeks.days_open - rep_weeks.days_absent) as double)
                / rep_weeks.days_usual
            ) as bigint
        )
    end as handoffs_workable
from rep_weeks
left join first_limits
    on
        rep_weeks.rep_id = first_limits.rep_id
        and rep_weeks.week_start = first_limits.week_start
