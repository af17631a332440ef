-- The best fit among the people known there and not excluded, by the scoring model in force: that somebody worth
-- talking to is known, whoever else is. Not applicable while nobody is.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'account_fit'

),

spells as (

    select
        asked.unit_id,
        asked.rule_id,
        fits.fit_score as thing,
        fits.spell_from,
        fits.spell_until
    from asked
    inner join {{ ref('int_readiness_fit_spells') }} as fits
        on asked.unit_id = fits.unit_id

),

presences as (  -- few scores, however many people bear them

    select
        unit_id,
        rule_id,
        thing as fit_score,
        min(spell_from) as present_from,
        max(spell_until) as present_until
    from ({{ numbered_presences('spells') }}) as numbered
    group by unit_id, rule_id, thing, presence_number

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
        present_from as moment
    from presences

    union

    select
        unit_id,
        rule_id,
        present_until as moment
    from presences

)

select
    moments.unit_id,
    moments.rule_id,
    moments.moment,
    cast(max(presences.fit_score) as double) as actual,
    count(presences.fit_score) > 0 as is_applicable
from moments
left join presences  -- the scores present at the moment, the best kept
    on
        moments.unit_id = presences.unit_id
        and moments.rule_id = presences.rule_id
        and moments.moment >= presences.present_from
        and moments.moment < presences.present_until
group by moments.unit_id, moments.rule_id, moments.moment
