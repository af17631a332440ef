{{ config(materialized='table') }}

with

values_asked as (

    select * from {{ ref('int_person_attributes_asked') }}

),

distinct_values as (  -- whatever the number of people: each value is judged once

    select distinct
        attribute,
        value_text
    from values_asked

),

conditions as (  -- many rules of many versions ask the same: each question is put once

    select
        attribute,
        operator,
        value
    from {{ ref('stg_rules__score_points') }}
    where rule_kind = 'fit'
    union
    select
        attribute,
        operator,
        value
    from {{ ref('stg_rules__exclusions') }}

),

answers as (

    select
        distinct_values.value_text,
        conditions.attribute,
        conditions.operator,
        coalesce(conditions.value, '') as value
    from distinct_values
    inner join conditions  -- every question about the attribute
        on distinct_values.attribute = conditions.attribute
    where {{ rule_applies(
        'distinct_values.value_text',
        number_or_null('distinct_values.value_text'),
        'conditions.operator',
        'conditions.value',
    ) }}

)

select
    values_asked.person_id,
    answers.attribute,
    answers.operator,
    answers.value,
    values_asked.value_text,
    values_asked.valid_from,
    values_asked.valid_until,
    values_asked.is_point_in_time
from values_asked
inner join answers  -- every condition that the value meets
    on
        values_asked.attribute = answers.attribute
        and values_asked.value_text is not distinct from answers.value_text
