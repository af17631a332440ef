-- Grain: unit x criterion x instant at which its judgement may change: the measured value changes, another rule row
-- comes into force, or the unit is old enough to be judged. The value as it stands then.
with

steps as (

    select * from {{ ref('int_readiness_steps_unioned') }}

),

rules_applied as (

    select * from {{ ref('int_readiness_rules_applied') }}

),

old_enough as (

    select * from {{ ref('int_readiness_ages_reached') }}

),

moments as (

    select
        unit_id,
        rule_id,
        moment,
        actual,
        is_applicable,
        1 as is_step
    from steps

    union all

    select
        unit_id,
        rule_id,
        valid_from as moment,
        cast(null as double) as actual,
        cast(null as boolean) as is_applicable,
        0 as is_step
    from rules_applied

    union all

    select
        unit_id,
        rule_id,
        old_enough_at as moment,
        cast(null as double) as actual,
        cast(null as boolean) as is_applicable,
        0 as is_step
    from old_enough
    where old_enough_at <= {{ as_of() }}

),

moments_once as (

    select
        unit_id,
        rule_id,
        moment,
        max(actual) as actual,
        bool_or(is_applicable) as is_applicable,
        max(is_step) as is_step
    from moments
    group by unit_id, rule_id, moment

),

numbered as (

    select
        *,
        sum(is_step) over (
            partition by unit_id, rule_id
            order by moment
            rows between unbounded preceding and current row
        ) as step_number
    from moments_once

),

carried as (  -- between two steps the earlier value stands

    select
        unit_id,
        rule_id,
        moment,
        max(actual) over (partition by unit_id, rule_id, step_number) as actual,
        max(case when is_step = 1 then moment end) over (partition by unit_id, rule_id, step_number) as measured_at,
        bool_or(is_applicable) over (partition by unit_id, rule_id, step_number) as is_applicable
    from numbered

),

timed as (

    select
        rules_applied.unit_id,
        rules_applied.criterion,
        carried.moment,
        rules_applied.rule_id,
        carried.actual,
        carried.measured_at,
        coalesce(carried.is_applicable, false) as is_applicable,
        coalesce(carried.moment < old_enough.old_enough_at, false) as is_young
    from carried
    inner join rules_applied  -- the interval in which the rule row is asked
        on
            carried.unit_id = rules_applied.unit_id
            and carried.rule_id = rules_applied.rule_id
            and carried.moment >= rules_applied.valid_from
            and carried.moment < rules_applied.valid_until
    left join old_enough
        on
            rules_applied.unit_id = old_enough.unit_id
            and rules_applied.criterion = old_enough.criterion
            and rules_applied.valid_from = old_enough.valid_from

    union all

    select
        unit_id,
        criterion,
        valid_from as moment,
        rule_id,
        cast(null as double) as actual,
        cast(null as timestamp) as measured_at,
        false as is_applicable,
        false as is_young
    from rules_applied
    where rule_id is null

)

select * from timed
