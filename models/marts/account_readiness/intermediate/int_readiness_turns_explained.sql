-- Grain: unit x instant at which anything that a stage asks for, or a fact, turned. What turned, in words.
with

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}

),

stages as (

    select * from {{ ref('stg_rules__readiness_stages') }}
    where criterion is not null

),

facts_reached as (

    select * from {{ ref('int_readiness_facts_reached') }}

),

criteria_asked as (

    select distinct criterion
    from stages

),

statuses as (

    select
        checks.unit_id,
        checks.criterion,
        checks.valid_from,
        checks.status,
        lag(checks.status, 1, 'not_applicable') over (
            partition by checks.unit_id, checks.criterion
            order by checks.valid_from
        ) as status_before
    from checks
    inner join criteria_asked
        on checks.criterion = criteria_asked.criterion

),

facts_turned as (

    select
        unit_id,
        readiness_stage,
        moment,
        is_reached,
        lag(is_reached, 1, 0) over (partition by unit_id, readiness_stage order by moment) as was_reached
    from facts_reached
    where readiness_stage in ('opportunity', 'customer')

),

turns as (

    select
        unit_id,
        valid_from as moment,
        2 as turn_order,
        criterion || ': ' || replace(status_before, '_', ' ') || ' to ' || replace(status, '_', ' ') as turn
    from statuses
    where status <> status_before

    union all

    select
        unit_id,
        moment,
        1 as turn_order,
        case
            when readiness_stage = 'customer' then 'first win'
            when is_reached = 1 then 'opportunity opened'
            else 'last open opportunity closed'
        end as turn
    from facts_turned
    where is_reached <> was_reached

),

explained as (

    select
        unit_id,
        moment,
        {{ dbt.listagg('turn', "'; '", 'order by turn_order, turn') }} as turns
    from turns
    group by unit_id, moment

)

select * from explained
