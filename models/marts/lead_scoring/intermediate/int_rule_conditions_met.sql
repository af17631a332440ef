{{ config(materialized='table') }}

with

persons as (

    select
        *,
        account_id is not null as has_account,
        customer_since is not null as is_customer
    from {{ ref('int_persons_enriched') }}

),

fit_rules as (

    select * from {{ ref('stg_rules__score_points') }}
    where rule_kind = 'fit'

),

exclusion_rules as (

    select * from {{ ref('stg_rules__exclusions') }}

),

conditions as (  -- many rules of many versions ask the same: each question is put once

    select
        attribute,
        operator,
        value
    from fit_rules
    union
    select
        attribute,
        operator,
        value
    from exclusion_rules

),

answers as (

    select
        persons.person_id,
        conditions.attribute,
        conditions.operator,
        conditions.value,
        {{ person_attribute('persons', 'conditions.attribute') }} as value_text
    from persons
    cross join conditions  -- every person is asked every question

),

met as (

    select
        person_id,
        attribute,
        operator,
        coalesce(value, '') as value,
        value_text
    from answers
    where {{ rule_applies('value_text', number_or_null('value_text'), 'operator', 'value') }}

)

select * from met
