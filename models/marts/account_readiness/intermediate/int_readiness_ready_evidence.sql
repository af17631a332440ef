-- Grain: unit x instant at which it became ready. What made it so, in words: every criterion met, its value and limit,
-- and the roles of the committee that were engaged.
with

walked as (

    select * from {{ ref('int_readiness_stages_walked') }}
    where readiness_stage = 'ready'

),

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}
    where status = 'met'

),

stages as (

    select * from {{ ref('stg_rules__readiness_stages') }}
    where readiness_stage = 'ready'

),

role_spells as (

    select * from {{ ref('int_readiness_role_spells') }}

),

checks_met as (

    select
        walked.unit_id,
        walked.valid_from,
        {{ dbt.listagg(
            "checks.criterion || ' ' || " ~ number_in_words('checks.actual') ~ " || ' (asked: '"
            ~ " || " ~ number_in_words('checks.threshold') ~ " || ')'",
            "'; '",
            'order by checks.criterion'
        ) }} as criteria_met
    from walked
    inner join checks  -- the judgements in force at the instant
        on
            walked.unit_id = checks.unit_id
            and walked.valid_from >= checks.valid_from
            and walked.valid_from < checks.valid_until
    inner join stages
        on checks.criterion = stages.criterion
    group by walked.unit_id, walked.valid_from

),

roles as (

    select distinct
        walked.unit_id,
        walked.valid_from,
        role_spells.buying_role
    from walked
    inner join role_spells  -- the roles engaged at the instant
        on
            walked.unit_id = role_spells.unit_id
            and walked.valid_from >= role_spells.spell_from
            and walked.valid_from < role_spells.spell_until

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
        checks_met.unit_id,
        checks_met.valid_from,
        'roles engaged: ' || coalesce(roles_listed.roles_engaged, 'none known') || '; ' || checks_met.criteria_met
            as evidence
    from checks_met
    left join roles_listed
        on
            checks_met.unit_id = roles_listed.unit_id
            and checks_met.valid_from = roles_listed.valid_from

)

select * from evidence
