-- Whole UTC days since anybody engaged: the fewer the better. None means never, or longer ago than the rule asks.
-- The days grow by themselves; they are told when somebody engages, when they pass a limit of the rule, and at as_of.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'recency'

),

engagements_asked as (

    select * from {{ ref('int_readiness_engagements_asked') }}
    where measure = 'recency'

),

dated as (

    select
        engagements_asked.unit_id,
        engagements_asked.rule_id,
        engagements_asked.spell_from,
        engagements_asked.spell_until as engaged_until,
        cast(engagements_asked.occurred_at as date) as engaged_date,
        cast(asked.threshold as integer) + 1 as days_to_threshold,
        cast(asked.exit_threshold as integer) + 1 as days_to_exit
    from engagements_asked
    inner join asked
        on
            engagements_asked.unit_id = asked.unit_id
            and engagements_asked.rule_id = asked.rule_id

),

fading as (  -- past the larger limit, how long ago it was decides nothing

    select
        *,
        {{ add_days('cast(engaged_date as timestamp)', 'days_to_threshold') }} as past_threshold_at,
        {{ add_days('cast(engaged_date as timestamp)', 'days_to_exit') }} as past_exit_at
    from dated

),

spells as (

    select distinct
        unit_id,
        rule_id,
        engaged_date,
        spell_from,
        case when past_exit_at < engaged_until then past_exit_at else engaged_until end as spell_until,
        past_threshold_at
    from fading

),

moments as (

    select
        unit_id,
        rule_id,
        cast('1900-01-01 00:00:00' as timestamp) as moment
    from asked

    union

    select
        unit_id,
        rule_id,
        spell_from as moment
    from spells

    union

    select
        unit_id,
        rule_id,
        spell_until as moment
    from spells

    union

    select
        unit_id,
        rule_id,
        past_threshold_at as moment
    from spells
    where past_threshold_at < spell_until

),

last_days as (

    select
        moments.unit_id,
        moments.rule_id,
        moments.moment,
        max(spells.engaged_date) as engaged_date
    from moments
    left join spells  -- what still counts at the moment, the last day kept
        on
            moments.unit_id = spells.unit_id
            and moments.rule_id = spells.rule_id
            and moments.moment >= spells.spell_from
            and moments.moment < spells.spell_until
    group by moments.unit_id, moments.rule_id, moments.moment

),

as_of_the_run as (

    select
        asked.unit_id,
        asked.rule_id,
        {{ as_of() }} as moment,
        max(fading.engaged_date) as engaged_date
    from asked
    left join fading  -- however long ago
        on
            asked.unit_id = fading.unit_id
            and asked.rule_id = fading.rule_id
            and fading.engaged_until > {{ as_of() }}
    group by asked.unit_id, asked.rule_id

),

told as (

    select * from last_days
    where moment < {{ as_of() }}

    union all

    select * from as_of_the_run

)

select
    unit_id,
    rule_id,
    moment,
    cast({{ days_between('engaged_date', 'cast(moment as date)') }} as double) as actual,
    true as is_applicable
from told
