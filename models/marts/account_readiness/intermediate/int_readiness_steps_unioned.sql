{{ config(materialized='table') }}

-- Grain: unit x rule row x instant at which the measured value changes. The value since then, of every measure.
-- depends_on: {{ ref('int_readiness_rules_asked') }}
-- depends_on: {{ ref('int_readiness_people') }}
-- depends_on: {{ ref('int_readiness_person_roles') }}
-- depends_on: {{ ref('int_readiness_engagements') }}
-- depends_on: {{ ref('int_readiness_engagements_asked') }}
-- depends_on: {{ ref('int_readiness_role_spells') }}
-- depends_on: {{ ref('int_readiness_active_days') }}
-- depends_on: {{ ref('int_readiness_fit_spells') }}
-- depends_on: {{ ref('int_readiness_units') }}
-- depends_on: {{ ref('int_readiness_unit_facts') }}
-- depends_on: {{ ref('int_opportunities_conformed') }}
-- depends_on: {{ ref('int_accounts_enriched') }}
-- depends_on: {{ ref('int_touches_identified') }}
-- depends_on: {{ ref('fct_signals') }}
-- depends_on: {{ ref('stg_rules__readiness_returns') }}
with

measured as (

    {{ union_of_measures(['unit_id', 'rule_id', 'moment', 'actual', 'is_applicable']) }}

)

select * from measured
where moment <= {{ as_of() }}
