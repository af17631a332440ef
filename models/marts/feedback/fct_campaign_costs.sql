with

costs as (

    select * from {{ ref('int_campaign_costs_spread') }}

),

rates as (

    select * from {{ ref('int_currency_rates_told') }}

),

corporate as (

    select min(corporate_currency) as corporate_currency from rates

)

select
    costs.campaign_id,
    costs.cost_month,
    costs.channel,
    costs.days_run,
    costs.cost,
    coalesce(upper(costs.currency), corporate.corporate_currency) as currency,
    cast(
        case
            when costs.currency is null or upper(costs.currency) = corporate.corporate_currency then costs.cost
            else round(costs.cost * rates.rate_to_corporate, 2)
        end as numeric(18, 2)
    ) as corporate_cost
from costs
cross join corporate  -- one row
left join rates  -- the rate of the day on which the month's share began
    on
        upper(costs.currency) = rates.currency
        and {{ is_in_force('rates', 'costs.rate_date') }}
