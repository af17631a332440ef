with

activities as (

    select * from {{ ref('int_activities_identified') }}

),

campaigns as (

    select * from {{ ref('int_campaigns_conformed') }}

),

signals as (

    select
        activities.source_system,
        activities.source_activity_id,
        activities.person_id,
        activities.activity_type,
        activities.occurred_at,
        activities.occurred_at_precision,
        activities.campaign_id,
        campaigns.campaign_type,
        activities.asset_name,
        activities.url,
        activities.referrer,
        activities.search_term,
        activities.utm_source,
        activities.utm_medium,
        activities.utm_campaign,
        activities.user_agent,
        {{ key_of(["'activity'", 'activities.activity_key']) }} as signal_id,
        coalesce(activities.channel, campaigns.channel) as channel,
        -- a query string may hold an address: the page is the asset, not the visit's parameters
        coalesce(
            activities.asset_id,
            activities.asset_name,
            {{ without_address("split_part(split_part(activities.url, '?', 1), '#', 1)", 'none') }}
        ) as asset_id,
        activities.is_bot
    from activities
    left join campaigns  -- at most one row per campaign
        on activities.campaign_id = campaigns.campaign_id

)

select {{ signal_columns() | join(', ') }} from signals
