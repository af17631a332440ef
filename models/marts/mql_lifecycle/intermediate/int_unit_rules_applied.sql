{{ config(materialized='table') }}

-- Grain: person x instant at which they may qualify by score or by their account. The first unit rule that fits them.
with

account_sizes as (

    select * from {{ ref('int_account_sizes_known') }}

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

unit_rules as (

    select * from {{ ref('stg_rules__qualification_units') }}

),

rules_numbered as (

    select
        account_sizes.person_id,
        account_sizes.occurred_at,
        unit_rules.rule_id,
        unit_rules.unit,
        unit_rules.min_fit_band,
        unit_rules.min_engagement_band,
        row_number() over (
            partition by account_sizes.person_id, account_sizes.occurred_at
            order by unit_rules.sort_order, unit_rules.rule_id
        ) as rule_number
    from account_sizes
    inner join persons
        on account_sizes.person_id = persons.person_id
    inner join unit_rules  -- every row that fits; the first is kept below
        on
            {{ is_in_force('unit_rules', 'account_sizes.occurred_at') }}
            and {{ unit_fits(
                'unit_rules', 'persons.segment', 'account_sizes.largest_deal_amount', 'account_sizes.known_people_count'
            ) }}

)

select
    person_id,
    occurred_at,
    rule_id,
    unit,
    min_fit_band,
    min_engagement_band
from rules_numbered
where rule_number = 1
