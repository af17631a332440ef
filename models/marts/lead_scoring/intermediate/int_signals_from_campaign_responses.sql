with

campaign_members as (

    select * from {{ ref('int_campaign_members_identified') }}
    where has_responded and responded_at is not null

),

campaigns as (

    select * from {{ ref('int_campaigns_conformed') }}

),

signals as (

    select
        campaign_members.source_system,
        campaign_members.person_id,
        campaign_members.campaign_id,
        campaigns.channel,
        campaigns.campaign_type,
        'campaign_response' as activity_type,
        campaign_members.responded_at as occurred_at,
        campaign_members.responded_at_precision as occurred_at_precision,
        campaign_members.campaign_member_key as source_activity_id,
        campaign_members.campaign_id as asset_id,
        campaigns.campaign_name as asset_name,
        cast(null as {{ dbt.type_string() }}) as url,
        cast(null as {{ dbt.type_string() }}) as referrer,
        cast(null as {{ dbt.type_string() }}) as search_term,
        cast(null as {{ dbt.type_string() }}) as utm_source,
        cast(null as {{ dbt.type_string() }}) as utm_medium,
        cast(null as {{ dbt.type_string() }}) as utm_campaign,
        cast(null as {{ dbt.type_string() }}) as user_agent,
        false as is_bot,
        {{ key_of(["'campaign_response'", 'campaign_members.campaign_member_key']) }} as signal_id
    from campaign_members
    left join campaigns  -- at most one row per campaign
        on campaign_members.campaign_id = campaigns.campaign_id

)

select {{ signal_columns() | join(', ') }} from signals
