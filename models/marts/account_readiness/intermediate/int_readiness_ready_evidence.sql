-- Grain: unit x instant at which it became ready. What made it so, in words: every criterion met, its value and limit,
-- and the roles of the committee that were engaged.
with

ready_spells as (

    select * from {{ ref('int_readiness_ready_spells') }}

),

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}
    where status = 'met'

),

criteria as (

    select * from {{ ref('stg_rules__readiness_criteria') }}

),

stages as (

    select * from {{ ref('stg_rules__readiness_stages') }}
    where readiness_stage = 'ready'

),

role_spells as (

    select * from {{ ref('int_readiness_role_spells') }}

),

rules_applied as (

    select * from {{ ref('int_readiness_rules_applied') }}

),

checks_then as (

    select
        ready_spells.unit_id,
        ready_spells.valid_from,
        checks.criterion,
        checks.threshold,
        case
            when criteria.measure = 'recency'  -- the days since have grown by themselves
                then
                    checks.actual
                    + {{ days_between('cast(checks.measured_at as date)', 'cast(ready_spells.told_at as date)') }}
            else checks.actual
        end as actual
    from ready_spells
    inner join checks  -- the judgements in force at the instant
        on
            ready_spells.unit_id = checks.unit_id
            and ready_spells.told_at >= checks.valid_from
            and ready_spells.told_at < checks.valid_until
    inner join stages
        on checks.criterion = stages.criterion
    inner join criteria
        on checks.rule_id = criteria.rule_id

),

checks_listed as (

    select
        unit_id,
        valid_from,
        {{ dbt.listagg(
            "criterion || ' ' || " ~ number_in_words('actual') ~ " || ' (asked: ' || "
            ~ number_in_words('threshold') ~ " || ')'",
            "'; '",
            'order by criterion'
        ) }} as criteria_met
    from checks_then
    group by unit_id, valid_from

),

roles as (

    select distinct
        ready_spells.unit_id,
        ready_spells.valid_from,
        role_spells.buying_role
    from ready_spells
    inner join role_spells  -- the roles engaged at the instant
        on
            ready_spells.unit_id = role_spells.unit_id
            and ready_spells.told_at >= role_spells.spell_from
            and ready_spells.told_at < role_spells.spell_until
    inner join rules_applied  -- by the rule rows in force then
        on
            role_spells.unit_id = rules_applied.unit_id
            and role_spells.rule_id = rules_applied.rule_id
            and ready_spells.told_at >= rules_applied.valid_from
            and ready_spells.told_at < rules_applied.valid_until

),

roles_listed as (

    select
        unit_id,
        valid_from,
        {{ dbt.listagg('buying_role', "', '", 'order by buying_role') }} as roles_engaged
    from roles
    group by unit_id, valid_from

),

evidence as (

    select
        checks_listed.unit_id,
        checks_listed.valid_from,
        'roles engaged: ' || coalesce(roles_listed.roles_engaged, 'none known') || '; ' || checks_listed.criteria_met
            as evidence
    from checks_listed
    left join roles_listed
        on
            checks_listed.unit_id = roles_listed.unit_id
            and checks_listed.valid_from = roles_listed.valid_from

)

select * from evidence
