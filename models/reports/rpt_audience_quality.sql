-- Whom each channel brought in each month, how well they fit and how active they are, and what that cost: the right
-- audience, or the most active one. A channel's cost of a month is shared by head among those it brought, and stands in
-- a row of nobody where it brought none, so that costs add up to what was spent.
with

people as (

    select * from {{ ref('dim_person') }}

),

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

),

costs as (

    select
        cost_month as month_start,
        channel,
        coalesce(sum(corporate_cost), 0) as channel_cost,
        count(*) - count(corporate_cost) > 0 as has_cost_left_out
    from {{ ref('fct_campaign_costs') }}
    group by cost_month, channel

),

newcomers as (  -- whom nobody saw come stand in 1900-01

    select
        coalesce(
            cast({{ dbt.date_trunc('month', 'people.created_at') }} as date), cast({{ since_ever() }} as date)
        ) as month_start,
        coalesce(people.channel, 'unknown') as channel,
        coalesce(lead_scores.fit_band, 'none') as fit_band,
        coalesce(lead_scores.engagement_band, 'none') as engagement_band,
        people.person_id,
        people.account_id
    from people
    left join lead_scores  -- one model is active
        on people.person_id = lead_scores.person_id

),

cells as (

    select
        month_start,
        channel,
        fit_band,
        engagement_band,
        count(*) as people,
        count(distinct account_id) as accounts
    from newcomers
    group by month_start, channel, fit_band, engagement_band

),

with_costs as (

    select
        coalesce(cells.month_start, costs.month_start) as month_start,
        coalesce(cells.channel, costs.channel) as channel,
        coalesce(cells.fit_band, 'none') as fit_band,
        coalesce(cells.engagement_band, 'none') as engagement_band,
        coalesce(cells.people, 0) as people,
        coalesce(cells.accounts, 0) as accounts,
        coalesce(cells.people, 1) as heads,
        coalesce(costs.channel_cost, 0) as channel_cost,
        coalesce(costs.has_cost_left_out, false) as has_cost_left_out
    from cells
    full outer join costs
        on
            cells.month_start = costs.month_start
            and cells.channel = costs.channel

),

shared as (

    select
        *,
        sum(people) over (partition by month_start, channel) as channel_people,
        {{ cents_shared(
            'channel_cost', 'heads', ['month_start', 'channel'], ['fit_band', 'engagement_band']
        ) }} as cost
    from with_costs

)

select
    month_start,
    channel,
    fit_band,
    engagement_band,
    people,
    accounts,
    {{ share_of('people', 'channel_people') }} as people_share,
    {{ wilson_bound('people', 'channel_people', 'lower') }} as people_share_lower,
    {{ wilson_bound('people', 'channel_people', 'upper') }} as people_share_upper,
    cost,
    {{ share_of('cost', 'people') }} as cost_per_person,
    has_cost_left_out
from shared
