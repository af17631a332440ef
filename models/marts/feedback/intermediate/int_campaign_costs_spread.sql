-- Grain: campaign x UTC month in which it ran, up to as_of. What it has cost so far, spread evenly over its days: cents
-- are told by the sum to date, so that the months add up to the cost.
with

campaigns as (

    select
        *,
        case
            when started_on > cast({{ since_ever() }} as date) then started_on
            else cast({{ since_ever() }} as date)
        end as first_day,
        case
            when started_on is null or started_on <= cast({{ since_ever() }} as date)
                then cast({{ since_ever() }} as date)
            when ended_on is null or ended_on > cast({{ as_of() }} as date) then cast({{ as_of() }} as date)
            when ended_on < started_on then started_on
            else ended_on
        end as last_day
    from {{ ref('int_campaigns_conformed') }}
    where
        cost is not null
        and (started_on is null or started_on <= cast({{ as_of() }} as date))

),

numbers as (

    {{ whole_numbers(4) }}

),

months as (

    select
        campaigns.campaign_id,
        campaigns.channel,
        campaigns.cost,
        campaigns.currency,
        campaigns.first_day,
        campaigns.last_day,
        cast(
            cast({{ dbt.date_trunc('month', 'campaigns.first_day') }} as date) + numbers.number * interval '1 month'
            as date
        ) as cost_month
    from campaigns
    inner join numbers  -- one row for each month from the first to the last
        on numbers.number <= {{ months_between('campaigns.first_day', 'campaigns.last_day') }}

),

days_run as (

    select
        *,
        {{ days_between('first_day', 'last_day') }} + 1 as days_in_all,
        {{ days_between('first_day', 'case when cost_month > first_day then cost_month else first_day end') }}
            as days_before,
        {{ days_between(
            'first_day',
            "case when last_day < cast(cost_month + interval '1 month' as date) then last_day"
            ~ " else cast(cost_month + interval '1 month' - interval '1 day' as date) end"
        ) }} + 1 as days_to_date
    from months

)

select
    campaign_id,
    coalesce(channel, 'unknown') as channel,
    cost_month,
    case when cost_month > first_day then cost_month else first_day end as rate_date,
    days_to_date - days_before as days_run,
    currency,
    cast(
        round(cost * days_to_date / cast(days_in_all as double), 2)
        - round(cost * days_before / cast(days_in_all as double), 2) as numeric(18, 2)
    ) as cost
from days_run
