-- Who answered each campaign, how well they fit and how active they are, what became of them, and what that cost. Who
-- answered two campaigns stands under both; what a campaign cost stands under it alone, shared by head.
with

answers as (

    select distinct
        campaign_id,
        person_id
    from {{ ref('fct_signals') }}
    where is_counted and campaign_id is not null

),

people as (

    select * from {{ ref('dim_person') }}

),

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

),

mqls as (

    select
        campaign_id,
        person_id,
        count(*) as mqls,
        count(opportunity_id) as opportunities
    from {{ ref('fct_mql_funnel') }}
    group by campaign_id, person_id

),

campaigns as (

    select * from {{ ref('dim_campaign') }}

),

costs as (

    select
        campaign_id,
        sum(corporate_cost) as campaign_cost
    from {{ ref('fct_campaign_costs') }}
    group by campaign_id
    having count(*) = count(corporate_cost)

),

cells as (

    select
        answers.campaign_id,
        coalesce(lead_scores.fit_band, 'none') as fit_band,
        coalesce(lead_scores.engagement_band, 'none') as engagement_band,
        count(*) as people,
        count(distinct people.account_id) as accounts,
        cast(coalesce(sum(mqls.mqls), 0) as bigint) as mqls,
        cast(coalesce(sum(mqls.opportunities), 0) as bigint) as opportunities
    from answers
    inner join people
        on answers.person_id = people.person_id
    left join lead_scores  -- one model is active
        on answers.person_id = lead_scores.person_id
    left join mqls
        on
            answers.campaign_id = mqls.campaign_id
            and answers.person_id = mqls.person_id
    group by answers.campaign_id, lead_scores.fit_band, lead_scores.engagement_band

),

with_costs as (  -- a campaign that nobody answered stands there with its cost

    select
        coalesce(cells.campaign_id, campaigns.campaign_id) as campaign_id,
        coalesce(campaigns.channel, 'unknown') as channel,
        coalesce(cells.fit_band, 'none') as fit_band,
        coalesce(cells.engagement_band, 'none') as engagement_band,
        coalesce(cells.people, 0) as people,
        coalesce(cells.accounts, 0) as accounts,
        coalesce(cells.mqls, 0) as mqls,
        coalesce(cells.opportunities, 0) as opportunities,
        coalesce(cells.people, 1) as heads,
        costs.campaign_cost
    from campaigns
    full outer join cells
        on campaigns.campaign_id = cells.campaign_id
    left join costs
        on campaigns.campaign_id = costs.campaign_id

),

shared as (

    select
        *,
        sum(people) over (partition by campaign_id) as campaign_people,
        {{ cents_shared(
            'campaign_cost', 'heads', ['campaign_id'], ['fit_band', 'engagement_band']
        ) }} as cost
    from with_costs

)

select
    campaign_id,
    channel,
    fit_band,
    engagement_band,
    people,
    accounts,
    {{ share_of('people', 'campaign_people') }} as people_share,
    {{ wilson_bound('people', 'campaign_people', 'lower') }} as people_share_lower,
    {{ wilson_bound('people', 'campaign_people', 'upper') }} as people_share_upper,
    mqls,
    opportunities,
    cost,
    {{ share_of('cost', 'people') }} as cost_per_person
from shared
