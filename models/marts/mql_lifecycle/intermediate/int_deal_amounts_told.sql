-- Grain: amount told of a deal of an account, in the corporate currency, and since when: with each of its stages where
-- the source keeps that, else the amount as it is now, from the deal's creation on.
with

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}
    where
        account_id is not null
        and created_at is not null

),

stage_changes as (

    select * from {{ ref('int_opportunity_stage_changes_conformed') }}
    where amount is not null

),

currency_rates as (

    select * from {{ ref('stg_rules__currency_rates') }}

),

corporate_currency as (

    select min(corporate_currency) as currency
    from currency_rates

),

told_with_stages as (

    select
        opportunities.account_id,
        opportunities.opportunity_id,
        stage_changes.changed_at as told_at,
        case
            when opportunities.currency = corporate_currency.currency then stage_changes.amount
            else stage_changes.amount * currency_rates.rate_to_corporate
        end as corporate_amount
    from stage_changes
    inner join opportunities
        on stage_changes.opportunity_id = opportunities.opportunity_id
    cross join corporate_currency  -- one row
    left join currency_rates  -- the rate of that day
        on
            opportunities.currency = currency_rates.currency
            and {{ is_in_force('currency_rates', 'cast(stage_changes.changed_at as date)') }}

),

told_as_now as (

    select
        opportunities.account_id,
        opportunities.opportunity_id,
        opportunities.created_at as told_at,
        opportunities.corporate_amount
    from opportunities
    left join told_with_stages
        on opportunities.opportunity_id = told_with_stages.opportunity_id
    where told_with_stages.opportunity_id is null

),

told as (

    select * from told_with_stages
    union all
    select * from told_as_now

)

select
    account_id,
    opportunity_id,
    told_at,
    cast(corporate_amount as numeric(18, 2)) as corporate_amount
from told
where corporate_amount is not null
