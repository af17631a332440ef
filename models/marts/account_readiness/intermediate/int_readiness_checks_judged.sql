{{ config(materialized='table') }}

-- What is met is met however young the account; only what is still missing may be too early to ask for.
with

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}

),

checks as (

    select * from {{ ref('int_readiness_checks_unioned') }}

),

criteria as (

    select distinct criterion
    from rules

),

checks_compared as (

    select
        accounts.account_id,
        criteria.criterion,
        rules.rule_id,
        rules.sort_order,
        rules.missing_text,
        rules.next_action,
        rules.threshold,
        checks.actual,
        coalesce(checks.is_applicable, false) as is_applicable,
        coalesce(
            case
                when checks.is_lower_better then checks.actual <= rules.threshold
                else checks.actual >= rules.threshold
            end,
            false
        ) as is_met,
        coalesce(
            {{ days_between("cast(accounts.created_at as date)", "cast(" ~ as_of() ~ " as date)") }}
            < rules.min_history_days,
            false
        ) as is_young
    from accounts
    cross join criteria  -- a criterion no rule row asks of an account is listed, as not applicable
    left join rules
        on
            accounts.account_id = rules.account_id
            and criteria.criterion = rules.criterion
    left join checks
        on
            rules.account_id = checks.account_id
            and rules.criterion = checks.criterion

),

checks_judged as (

    select
        account_id,
        criterion,
        rule_id,
        sort_order,
        missing_text,
        next_action,
        case
            when not is_applicable then 'not_applicable'
            when is_met then 'met'
            when is_young then 'too_early'
            else 'unmet'
        end as status,
        actual,
        threshold
    from checks_compared

)

select * from checks_judged
