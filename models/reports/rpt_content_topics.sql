-- What people read, by the stage of buying that it speaks of, who became an MQL after it, and how to follow up.
with

engagement as (

    select * from {{ ref('fct_content_engagement') }}

),

people as (

    select * from {{ ref('dim_person') }}

),

funnel as (

    select * from {{ ref('fct_mql_funnel') }}

),

described as (

    select
        engagement.*,
        coalesce(people.segment, 'unknown') as segment,
        people.account_id
    from engagement
    inner join people
        on engagement.person_id = people.person_id

),

readers as (

    select
        topic,
        buying_stage,
        segment,
        count(*) as people,
        count(distinct account_id) as accounts,
        cast(sum(signals) as bigint) as signals,
        max(last_engaged_at) as last_engaged_at,
        min(follow_up_play) as follow_up_play
    from described
    group by topic, buying_stage, segment

),

came_of_it as (

    select
        described.topic,
        described.buying_stage,
        described.segment,
        count(*) as mqls,
        count(funnel.opportunity_id) as opportunities,
        count(case when funnel.is_mature then 1 end) as mature_mqls,
        count(case when funnel.is_mature then funnel.opportunity_id end) as mature_opportunities
    from described
    inner join funnel  -- every cycle that opened after they first met the topic, the same one under each topic
        on
            described.person_id = funnel.person_id
            and described.first_engaged_at <= funnel.opened_at
    group by described.topic, described.buying_stage, described.segment

),

joined as (

    select
        readers.*,
        coalesce(came_of_it.mqls, 0) as mqls,
        coalesce(came_of_it.opportunities, 0) as opportunities,
        coalesce(came_of_it.mature_mqls, 0) as mature_mqls,
        coalesce(came_of_it.mature_opportunities, 0) as mature_opportunities
    from readers
    left join came_of_it
        on
            readers.topic = came_of_it.topic
            and readers.buying_stage = came_of_it.buying_stage
            and readers.segment = came_of_it.segment

)

select
    topic,
    buying_stage,
    segment,
    people,
    accounts,
    signals,
    last_engaged_at,
    mqls,
    opportunities,
    mature_mqls,
    mature_opportunities,
    {{ share_of('mature_opportunities', 'mature_mqls') }} as opportunity_rate,
    {{ wilson_bound('mature_opportunities', 'mature_mqls', 'lower') }} as opportunity_rate_lower,
    {{ wilson_bound('mature_opportunities', 'mature_mqls', 'upper') }} as opportunity_rate_upper,
    follow_up_play
from joined
