-- Grain: unit x rule row on buying roles x engaging signal x role of its person: since when and until when it covers
-- the role.
with

engagements_asked as (

    select * from {{ ref('int_readiness_engagements_asked') }}
    where measure = 'buying_roles'

),

person_roles as (

    select * from {{ ref('int_readiness_person_roles') }}

),

role_spells as (

    select
        engagements_asked.unit_id,
        engagements_asked.rule_id,
        engagements_asked.person_id,
        person_roles.buying_role,
        engagements_asked.spell_until,
        case
            when person_roles.role_from > engagements_asked.spell_from then person_roles.role_from
            else engagements_asked.spell_from
        end as spell_from
    from engagements_asked
    inner join person_roles  -- one person may hold several roles
        on engagements_asked.person_id = person_roles.person_id

)

select * from role_spells
where
    spell_from < spell_until
    and spell_from <= {{ as_of() }}
