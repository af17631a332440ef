{{ config(materialized='table') }}

-- Grain: unit x role in the buying committee that any rule knows, as of the run: who of that role is known there, not
-- excluded, and who of them engaged inside the window of the rule that asks for roles.
with

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}

),

people as (

    select * from {{ ref('int_readiness_people') }}
    where
        known_from <= {{ as_of() }}
        and excluded_from > {{ as_of() }}

),

person_roles as (

    select * from {{ ref('int_readiness_person_roles') }}
    where role_from <= {{ as_of() }}

),

role_spells as (

    select * from {{ ref('int_readiness_role_spells') }}
    where spell_until > {{ as_of() }}

),

current_checks as (

    select * from {{ ref('int_readiness_checks_current') }}
    where measure = 'buying_roles'

),

roles as (

    select assigned_value as buying_role
    from {{ ref('stg_rules__titles') }}
    where assigns = 'buying_role'

    union

    select buying_role
    from {{ ref('stg_rules__buying_roles') }}

),

known as (

    select
        people.unit_id,
        person_roles.buying_role,
        count(distinct people.person_id) as known_count
    from people
    inner join person_roles
        on people.person_id = person_roles.person_id
    group by people.unit_id, person_roles.buying_role

),

engaged as (

    select
        role_spells.unit_id,
        role_spells.buying_role,
        count(distinct role_spells.person_id) as engaged_count
    from role_spells
    inner join current_checks
        on
            role_spells.unit_id = current_checks.unit_id
            and role_spells.rule_id = current_checks.rule_id
    group by role_spells.unit_id, role_spells.buying_role

),

committee as (

    select
        unit_facts.unit_id,
        unit_facts.unit_kind,
        unit_facts.head_account_id,
        roles.buying_role,
        cast(coalesce(known.known_count, 0) as bigint) as people_known_count,
        cast(coalesce(engaged.engaged_count, 0) as bigint) as people_engaged_count
    from unit_facts
    cross join roles  -- every role is looked for in every unit
    left join known
        on
            unit_facts.unit_id = known.unit_id
            and roles.buying_role = known.buying_role
    left join engaged
        on
            unit_facts.unit_id = engaged.unit_id
            and roles.buying_role = engaged.buying_role

)

select * from committee
