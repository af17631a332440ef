-- Grain: unit x criterion, as of the run, with the rule row that asks it.
with

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}
    where valid_until = {{ open_end() }}

),

criteria as (

    select * from {{ ref('stg_rules__readiness_criteria') }}

),

stages as (

    select * from {{ ref('stg_rules__readiness_stages') }}
    where criterion is not null

),

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}

),

criteria_asked as (

    select distinct criterion
    from stages

),

current_checks as (

    select
        checks.unit_id,
        unit_facts.unit_kind,
        unit_facts.head_account_id,
        checks.criterion,
        criteria.measure,
        checks.status,
        checks.actual,
        checks.threshold,
        criteria.exit_threshold,
        criteria.window_days,
        checks.rule_id,
        criteria.sort_order,
        criteria.missing_text,
        criteria.next_action,
        criteria.buying_roles,
        checks.valid_from as status_since,
        criteria_asked.criterion is not null as is_asked_by_a_stage
    from checks
    inner join unit_facts
        on checks.unit_id = unit_facts.unit_id
    left join criteria
        on checks.rule_id = criteria.rule_id
    left join criteria_asked
        on checks.criterion = criteria_asked.criterion

)

select * from current_checks
