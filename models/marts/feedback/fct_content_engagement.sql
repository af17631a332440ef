with

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted and (asset_id is not null or content_topic is not null)

),

assets as (

    select * from {{ ref('int_assets_given_topics') }}

)

select
    signals.person_id,
    assets.topic,
    assets.buying_stage,
    min(assets.follow_up_play) as follow_up_play,
    count(*) as signals,
    count(distinct assets.asset_id) as assets,
    min(signals.occurred_at) as first_engaged_at,
    max(signals.occurred_at) as last_engaged_at
from signals
inner join assets
    on
        coalesce(signals.asset_id, '') = assets.asset_id
        and coalesce(signals.content_topic, '') = assets.content_topic
        and signals.signal_name = assets.signal_name
group by signals.person_id, assets.topic, assets.buying_stage
