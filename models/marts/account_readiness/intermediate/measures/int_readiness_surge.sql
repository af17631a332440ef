-- Activity against the account's own past, in percent: days on which its people were active in the window, to as many
-- as the days before it let one expect. Not applicable while there is no such past.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'surge'

),

engagements as (

    select * from {{ ref('int_readiness_engagements') }}

),

active_days as (  -- a day of a person, for as long as any of its signals counts

    select
        asked.unit_id,
        asked.rule_id,
        asked.window_days,
        asked.baseline_days,
        engagements.person_id,
        cast(cast(engagements.occurred_at as date) as timestamp) as active_on,
        min(engagements.engaged_from) as active_from,
        max(engagements.engaged_until) as active_until
    from asked
    inner join engagements
        on asked.unit_id = engagements.unit_id
    group by
        asked.unit_id,
        asked.rule_id,
        asked.window_days,
        asked.baseline_days,
        engagements.person_id,
        cast(cast(engagements.occurred_at as date) as timestamp)

),

places as (  -- where the day stands: first in the window, then in the past that it is held against

    select
        unit_id,
        rule_id,
        active_from as place_from,
        {{ add_days('active_on', 'window_days') }} as place_until,
        active_from,
        active_until,
        1 as recent,
        0 as past
    from active_days

    union all

    select
        unit_id,
        rule_id,
        {{ add_days('active_on', 'window_days') }} as place_from,
        {{ add_days('active_on', '(window_days + baseline_days)') }} as place_until,
        active_from,
        active_until,
        0 as recent,
        1 as past
    from active_days

),

spells as (

    select
        unit_id,
        rule_id,
        recent,
        past,
        case when active_from > place_from then active_from else place_from end as spell_from,
        case when active_until < place_until then active_until else place_until end as spell_until
    from places

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
        spell_from as moment,
        recent,
        past
    from spells
    where spell_from < spell_until

    union all

    select
        unit_id,
        rule_id,
        spell_until as moment,
        -recent as recent,
        -past as past
    from spells
    where spell_from < spell_until

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
