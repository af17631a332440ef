-- Grain: unit x rule row on surge x day on which one person engaged x spell without a gap. Since when and until when
-- the day counts: as recent while inside the rule's window, as past in the baseline before it.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'surge'

),

engagements_asked as (

    select * from {{ ref('int_readiness_engagements_asked') }}
    where measure = 'surge'

),

active_days as (  -- a day of a person, as long as any of its signals counts for the rule

    select
        unit_id,
        rule_id,
        person_id || ' ' || cast(cast(occurred_at as date) as {{ dbt.type_string() }}) as thing,
        cast(cast(occurred_at as date) as timestamp) as active_on,
        spell_from,
        spell_until
    from engagements_asked

),

days_placed as (

    select
        active_days.*,
        {{ add_days('active_days.active_on', 'asked.window_days') }} as past_from
    from active_days
    inner join asked
        on
            active_days.unit_id = asked.unit_id
            and active_days.rule_id = asked.rule_id

),

recent_spells as (

    select
        unit_id,
        rule_id,
        thing,
        spell_from,
        case when past_from < spell_until then past_from else spell_until end as spell_until
    from days_placed
    where spell_from < past_from

),

past_spells as (

    select
        unit_id,
        rule_id,
        thing,
        case when past_from > spell_from then past_from else spell_from end as spell_from,
        spell_until
    from days_placed
    where past_from < spell_until

),

presences as (

    select
        unit_id,
        rule_id,
        min(spell_from) as present_from,
        max(spell_until) as present_until,
        1 as recent,
        0 as past
    from ({{ numbered_presences('recent_spells') }}) as recent_numbered
    group by unit_id, rule_id, thing, presence_number

    union all

    select
        unit_id,
        rule_id,
        min(spell_from) as present_from,
        max(spell_until) as present_until,
        0 as recent,
        1 as past
    from ({{ numbered_presences('past_spells') }}) as past_numbered
    group by unit_id, rule_id, thing, presence_number

)

select * from presences
