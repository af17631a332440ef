{{ config(materialized='table') }}

-- Grain: unit x criterion x interval. The rule row that asks the criterion of the unit then; NULL where none does.
with

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}

),

rules_in_force as (

    select * from {{ ref('int_readiness_rules_in_force') }}

),

rules_applied as (

    select
        unit_facts.unit_id,
        rules_in_force.criterion,
        rules_in_force.rule_id,
        rules_in_force.valid_from,
        rules_in_force.valid_until
    from unit_facts
    inner join rules_in_force  -- every criterion is asked of every unit
        on unit_facts.segment = rules_in_force.segment
    where rules_in_force.valid_from <= {{ as_of() }}

)

select * from rules_applied
