{{ config(materialized='table') }}

-- Grain: unit x rule row x engaging signal x scoring model. Since when and until when it counts for the rule: by people
-- of the functions, seniorities and roles that the rule names, inside its window of whole UTC days (and the baseline
-- before it, where the rule has one).
with

rules_asked as (  -- whose roles are counted, all people are asked

    select
        unit_id,
        rule_id,
        measure,
        window_days,
        baseline_days,
        job_functions,
        seniorities,
        case when measure <> 'buying_roles' then buying_roles end as buying_roles
    from {{ ref('int_readiness_rules_asked') }}

),

engagements as (

    select * from {{ ref('int_readiness_engagements') }}

),

person_roles as (

    select * from {{ ref('int_readiness_person_roles') }}

),

role_lists as (

    select distinct buying_roles
    from rules_asked
    where buying_roles is not null

),

roles_of_lists as (

    select
        role_lists.buying_roles,
        person_roles.person_id,
        min(person_roles.role_from) as role_from
    from role_lists
    inner join person_roles
        on {{ is_listed('person_roles.buying_role', 'role_lists.buying_roles') }}
    group by role_lists.buying_roles, person_roles.person_id

),

asked as (

    select
        engagements.unit_id,
        rules_asked.rule_id,
        rules_asked.measure,
        engagements.person_id,
        engagements.job_function,
        engagements.signal_id,
        engagements.occurred_at,
        engagements.points,
        engagements.is_high_intent,
        case
            when roles_of_lists.role_from > engagements.engaged_from then roles_of_lists.role_from
            else engagements.engaged_from
        end as spell_from,
        engagements.engaged_until,
        {{ add_days(
            'cast(cast(engagements.occurred_at as date) as timestamp)',
            '(rules_asked.window_days + coalesce(rules_asked.baseline_days, 0))'
        ) }} as past_window_at
    from rules_asked
    inner join engagements  -- every signal of the unit is put to every rule
        on rules_asked.unit_id = engagements.unit_id
    left join roles_of_lists
        on
            rules_asked.buying_roles = roles_of_lists.buying_roles
            and engagements.person_id = roles_of_lists.person_id
    where
        (rules_asked.job_functions is null or {{ is_listed('engagements.job_function', 'rules_asked.job_functions') }})
        and (rules_asked.seniorities is null or {{ is_listed('engagements.seniority', 'rules_asked.seniorities') }})
        and (rules_asked.buying_roles is null or roles_of_lists.person_id is not null)

),

spells as (

    select
        unit_id,
        rule_id,
        measure,
        person_id,
        job_function,
        signal_id,
        occurred_at,
        points,
        is_high_intent,
        spell_from,
        case when past_window_at < engaged_until then past_window_at else engaged_until end as spell_until
    from asked

)

select * from spells
where
    spell_from < spell_until
    and spell_from <= {{ as_of() }}
