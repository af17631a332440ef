-- Grain: asset x what the signal rules call it. What it is about: the first topic rule that fits; `none` without one.
with

topic_rules as (

    select * from {{ ref('stg_rules__content_topics') }}

),

assets as (

    select distinct
        coalesce(asset_id, '') as asset_id,
        coalesce(content_topic, '') as content_topic,
        signal_name
    from {{ ref('fct_signals') }}
    where is_counted and (asset_id is not null or content_topic is not null)

),

described as (

    select
        *,
        lower(signal_name) as name_text,
        lower(nullif(asset_id, '')) as asset_text,
        lower(nullif(content_topic, '')) as topic_text
    from assets

),

rules_ranked as (

    select
        described.asset_id,
        described.content_topic,
        described.signal_name,
        topic_rules.topic,
        topic_rules.buying_stage,
        topic_rules.follow_up_play,
        row_number() over (
            partition by described.asset_id, described.content_topic, described.signal_name
            order by topic_rules.sort_order, topic_rules.rule_id
        ) as rule_rank
    from described
    left join topic_rules  -- every row that fits; the first is kept below
        on
            (
                topic_rules.match_field = 'asset_id'
                and {{ rule_applies('described.asset_text', 'null', 'topic_rules.operator', 'topic_rules.value') }}
            )
            or (
                topic_rules.match_field = 'content_topic'
                and {{ rule_applies('described.topic_text', 'null', 'topic_rules.operator', 'topic_rules.value') }}
            )
            or (
                topic_rules.match_field = 'signal_name'
                and {{ rule_applies('described.name_text', 'null', 'topic_rules.operator', 'topic_rules.value') }}
            )

)

select
    asset_id,
    content_topic,
    signal_name,
    coalesce(topic, 'none') as topic,
    coalesce(buying_stage, 'none') as buying_stage,
    follow_up_play
from rules_ranked
where rule_rank = 1
