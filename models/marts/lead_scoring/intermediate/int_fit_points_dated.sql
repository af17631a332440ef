{{ config(materialized='table') }}

-- Grain: person x scoring model x fit rule x interval in which it holds.
with

conditions_met as (

    select * from {{ ref('int_rule_conditions_met') }}

),

fit_rules as (

    select * from {{ ref('stg_rules__score_points') }}
    where rule_kind = 'fit'

)

select
    conditions_met.person_id,
    fit_rules.scoring_model,
    fit_rules.rule_id,
    fit_rules.score_group,
    fit_rules.points,
    fit_rules.reason,
    conditions_met.valid_from,
    conditions_met.valid_until,
    conditions_met.is_point_in_time
from conditions_met
inner join fit_rules  -- a condition may serve a rule in each scoring model
    on
        conditions_met.attribute = fit_rules.attribute
        and conditions_met.operator = fit_rules.operator
        and conditions_met.value = coalesce(fit_rules.value, '')
