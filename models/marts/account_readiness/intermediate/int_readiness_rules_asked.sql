{{ config(materialized='table') }}

-- Grain: unit x rule row that is ever asked of it, with what its measure needs to know.
with

rules_applied as (

    select * from {{ ref('int_readiness_rules_applied') }}

),

criteria as (

    select * from {{ ref('stg_rules__readiness_criteria') }}

),

rules_of_units as (

    select distinct
        unit_id,
        rule_id
    from rules_applied
    where rule_id is not null

),

rules_asked as (

    select
        rules_of_units.unit_id,
        rules_of_units.rule_id,
        criteria.measure,
        criteria.threshold,
        criteria.exit_threshold,
        criteria.window_days,
        criteria.baseline_days,
        criteria.job_functions,
        criteria.seniorities,
        criteria.buying_roles
    from rules_of_units
    inner join criteria
        on rules_of_units.rule_id = criteria.rule_id

)

select * from rules_asked
