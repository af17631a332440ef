-- Grain: unit with a gap. What is missing, in the order the rules list it, and the action that closes the first gap.
with

current_checks as (

    select * from {{ ref('int_readiness_checks_current') }}
    where
        status = 'unmet'
        and missing_text is not null

),

committee as (

    select * from {{ ref('int_readiness_committee') }}
    where people_engaged_count = 0

),

roles_missing as (

    select
        current_checks.unit_id,
        current_checks.criterion,
        {{ dbt.listagg("replace(committee.buying_role, '_', ' ')", "', '", 'order by committee.buying_role') }}
            as missing_roles
    from current_checks
    inner join committee
        on current_checks.unit_id = committee.unit_id
    where
        current_checks.measure = 'buying_roles'
        and (
            current_checks.buying_roles is null
            or {{ is_listed('committee.buying_role', 'current_checks.buying_roles') }}
        )
    group by current_checks.unit_id, current_checks.criterion

),

worded as (

    select
        current_checks.unit_id,
        current_checks.next_action,
        replace(
            replace(
                replace(
                    replace(
                        current_checks.missing_text, '{threshold}', {{ number_in_words('current_checks.threshold') }}
                    ),
                    '{actual}', {{ number_in_words('current_checks.actual') }}
                ),
                '{window_days}', {{ number_in_words('current_checks.window_days') }}
            ),
            '{missing_roles}', coalesce(roles_missing.missing_roles, 'none')
        ) as missing_text,
        row_number() over (
            partition by current_checks.unit_id
            order by current_checks.sort_order, current_checks.criterion
        ) as gap_rank
    from current_checks
    left join roles_missing
        on
            current_checks.unit_id = roles_missing.unit_id
            and current_checks.criterion = roles_missing.criterion

),

gaps_listed as (

    select
        unit_id,
        {{ dbt.listagg('missing_text', "'; '", 'order by gap_rank') }} as missing,
        max(case when gap_rank = 1 then next_action end) as next_action
    from worded
    group by unit_id

)

select * from gaps_listed
