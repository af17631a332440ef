-- Grain: human rep who is active, as of the run. How many handoffs they may hold open, by the first capacity row that
-- fits, and until when they are out of office, if they are.
with

reps as (

    select * from {{ ref('int_reps_conformed') }}
    where is_active and not is_automation

),

absences as (

    select
        rep_id,
        max(absent_until) as absent_until
    from {{ ref('int_rep_absences_conformed') }}
    where absent_from <= {{ as_of() }} and absent_until > {{ as_of() }}
    group by rep_id

),

capacity as (

    select * from {{ ref('stg_rules__sales_capacity') }}

),

limits_numbered as (

    select
        reps.rep_id,
        capacity.max_open_handoffs,
        row_number() over (partition by reps.rep_id order by capacity.sort_order, capacity.rule_id) as limit_number
    from reps
    inner join capacity  -- every row that fits; the first is kept below
        on
            (capacity.rep_id is null or capacity.rep_id = reps.rep_id)
            and (capacity.team is null or capacity.team = reps.team)
            and {{ is_in_force('capacity', as_of()) }}

),

first_limits as (

    select * from limits_numbered
    where limit_number = 1

)

select
    reps.rep_id,
    reps.team,
    first_limits.max_open_handoffs,
    absences.absent_until
from reps
left join first_limits
    on reps.rep_id = first_limits.rep_id
left join absences
    on reps.rep_id = absences.rep_id
