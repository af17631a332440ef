-- Activity against the account's own past, in percent: days on which its people were active in the window, to as many
-- as the days before it let one expect. Not applicable while there is no such past.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'surge'

),

active_days as (

    select * from {{ ref('int_readiness_active_days') }}

),

changes as (

    select
        unit_id,
        rule_id,
        cast('1900-01-01 00:00:00' as timestamp) as moment,
        0 as recent,
        0 as past
    from asked

    union all

    select
        unit_id,
        rule_id,
        present_from as moment,
        recent,
        past
    from active_days

    union all

    select
        unit_id,
        rule_id,
        present_until as moment,
        -recent as recent,
        -past as past
    from active_days

),

changes_summed as (

    select
        unit_id,
        rule_id,
        moment,
        sum(recent) as recent,
        sum(past) as past
    from changes
    group by unit_id, rule_id, moment

),

days_counted as (

    select
        unit_id,
        rule_id,
        moment,
        sum(recent) over (partition by unit_id, rule_id order by moment) as recent_days,
        sum(past) over (partition by unit_id, rule_id order by moment) as past_days
    from changes_summed

)

select
    days_counted.unit_id,
    days_counted.rule_id,
    days_counted.moment,
    case
        when days_counted.past_days > 0
            then
                cast({{ quantised(
                    'cast(100 as double) * days_counted.recent_days * asked.baseline_days'
                    ~ ' / (days_counted.past_days * asked.window_days)'
                ) }} as double)
    end as actual,
    days_counted.past_days > 0 as is_applicable
from days_counted
inner join asked
    on
        days_counted.unit_id = asked.unit_id
        and days_counted.rule_id = asked.rule_id
