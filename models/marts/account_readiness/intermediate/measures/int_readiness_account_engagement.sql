-- What its people's engagement adds up to: the points of each inside the window, with diminishing returns, so that one
-- busy person is no committee.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'account_engagement'

),

engagements_asked as (

    select * from {{ ref('int_readiness_engagements_asked') }}
    where measure = 'account_engagement'

),

returns as (

    select * from {{ ref('stg_rules__readiness_returns') }}

),

point_changes as (

    select
        unit_id,
        rule_id,
        person_id,
        spell_from as moment,
        points as step
    from engagements_asked

    union all

    select
        unit_id,
        rule_id,
        person_id,
        spell_until as moment,
        -points as step
    from engagements_asked

),

point_changes_summed as (

    select
        unit_id,
        rule_id,
        person_id,
        moment,
        sum(step) as step
    from point_changes
    group by unit_id, rule_id, person_id, moment

),

person_points as (

    select
        unit_id,
        rule_id,
        person_id,
        moment,
        sum(step) over (partition by unit_id, rule_id, person_id order by moment) as points
    from point_changes_summed

),

points_counted as (

    select
        person_points.unit_id,
        person_points.rule_id,
        person_points.person_id,
        person_points.moment,
        sum(
            returns.share
            * (
                {{ between_limits('person_points.points', 'returns.from_points', 'returns.until_points') }}
                - returns.from_points
            )
        ) as counted
    from person_points
    cross join returns  -- each bracket of the person's points
    group by person_points.unit_id, person_points.rule_id, person_points.person_id, person_points.moment

),

counted_changes as (

    select
        unit_id,
        rule_id,
        cast('1900-01-01 00:00:00' as timestamp) as moment,
        cast(0 as double) as step
    from asked

    union all

    select
        unit_id,
        rule_id,
        moment,
        counted - lag(counted, 1, cast(0 as double)) over (
            partition by unit_id, rule_id, person_id
            order by moment
        ) as step
    from points_counted

),

counted_changes_summed as (

    select
        unit_id,
        rule_id,
        moment,
        sum(step) as step
    from counted_changes
    group by unit_id, rule_id, moment

)

select
    unit_id,
    rule_id,
    moment,
    cast({{ quantised('sum(step) over (partition by unit_id, rule_id order by moment)') }} as double) as actual,
    true as is_applicable
from counted_changes_summed
