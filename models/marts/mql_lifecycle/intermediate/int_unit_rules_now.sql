-- Grain: person with an account, as of the run. The first unit rule that fits them, and where their account stands.
with

persons as (

    select * from {{ ref('int_persons_enriched') }}
    where account_id is not null

),

unit_rules as (

    select * from {{ ref('stg_rules__qualification_units') }}

),

account_readiness as (

    select * from {{ ref('fct_account_readiness') }}

),

people_known as (

    select
        account_id,
        count(*) as known_people_count
    from persons
    where created_at <= {{ as_of() }}
    group by account_id

),

deals_told as (

    select
        account_id,
        max(corporate_amount) as largest_deal_amount
    from {{ ref('int_deal_amounts_told') }}
    group by account_id

),

stages_now as (

    select
        account_id,
        readiness_stage
    from {{ ref('fct_account_readiness_history') }}
    where valid_until = {{ open_end() }}

),

rules_numbered as (

    select
        persons.person_id,
        unit_rules.rule_id,
        row_number() over (
            partition by persons.person_id
            order by unit_rules.sort_order, unit_rules.rule_id
        ) as rule_number
    from persons
    left join people_known
        on persons.account_id = people_known.account_id
    left join deals_told
        on persons.account_id = deals_told.account_id
    inner join unit_rules  -- every row that fits; the first is kept below
        on
            {{ is_in_force('unit_rules', as_of()) }}
            and {{ unit_fits(
                'unit_rules', 'persons.segment', 'deals_told.largest_deal_amount', 'people_known.known_people_count'
            ) }}

),

first_rules as (

    select * from rules_numbered
    where rule_number = 1

)

select
    persons.person_id,
    unit_rules.rule_id,
    unit_rules.unit,
    unit_rules.min_fit_band,
    unit_rules.min_engagement_band,
    stages_now.readiness_stage,
    account_readiness.missing
from persons
left join first_rules
    on persons.person_id = first_rules.person_id
left join unit_rules
    on first_rules.rule_id = unit_rules.rule_id
left join stages_now
    on persons.account_id = stages_now.account_id
left join account_readiness
    on persons.account_id = account_readiness.account_id
