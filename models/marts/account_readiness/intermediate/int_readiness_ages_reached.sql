-- Grain: unit x criterion x interval in which a rule row asks it. From when on (UTC) the unit has the history that the
-- row asks for.
with

rules_applied as (

    select * from {{ ref('int_readiness_rules_applied') }}

),

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}

),

criteria as (

    select * from {{ ref('stg_rules__readiness_criteria') }}

)

select
    rules_applied.unit_id,
    rules_applied.criterion,
    rules_applied.rule_id,
    rules_applied.valid_from,
    {{ add_days('cast(cast(unit_facts.created_at as date) as timestamp)', 'criteria.min_history_days') }}
        as old_enough_at
from rules_applied
inner join criteria
    on rules_applied.rule_id = criteria.rule_id
inner join unit_facts
    on rules_applied.unit_id = unit_facts.unit_id
