{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: event of a marketing e-mail that tells of its recipient, or e-mail that a contact wrote to a rep, as an
-- activity. What the sending did on its way (processed, deferred, dropped) is nothing that anybody did.
with

events as (

    select
        *,
        upper(type) as event_type
    from {{ ref('stg_hubspot__email_event') }}

),

addresses as (

    select * from {{ ref('int_hubspot_contact_addresses_listed') }}

),

email_campaigns as (

    select * from {{ ref('stg_hubspot__email_campaign') }}
    where disposition = 'current'

),

details as (

    select * from {{ ref('int_hubspot_email_event_details_stacked') }}

),

replies as (

    select * from {{ ref('int_hubspot_engagements_dated') }}
    where is_from_contact

),

event_activities as (

    select
        events.source_system,
        events.source_table,
        events.row_key,
        events.disposition,
        'email_event:' || events.id as activity_id,
        addresses.record_key,
        addresses.contact_id as record_id,
        case events.event_type
            when 'OPEN' then 'email_open'
            when 'CLICK' then 'email_click'
            when 'SENT' then 'email_sent'
            when 'DELIVERED' then 'email_delivered'
            when 'BOUNCE' then 'email_bounced'
            when 'SPAMREPORT' then 'email_spam_reported'
            when 'FORWARD' then 'email_forwarded'
            when 'PRINT' then 'email_printed'
            else case when details.is_unsubscription then 'email_unsubscribed' else 'email_subscription_changed' end
        end as activity_type,
        events.created as occurred_at,
        events.created_precision as occurred_at_precision,
        'email' as channel,
        events.email_campaign_id as asset_id,
        email_campaigns.campaign_name as asset_name,
        details.url,
        details.referer as referrer,
        cast(null as varchar) as search_term,
        {{ query_parameter('details.url', 'utm_source') }} as utm_source,
        {{ query_parameter('details.url', 'utm_medium') }} as utm_medium,
        {{ query_parameter('details.url', 'utm_campaign') }} as utm_campaign,
        {{ qualified_id('hubspot', 'events.email_campaign_id') }} as campaign_id,
        details.user_agent,
        coalesce(events.filtered_event, false) as is_bot
    from events
    left join addresses
        on lower(events.recipient) = addresses.address
    left join email_campaigns
        on events.email_campaign_id = email_campaigns.row_key
    left join details
        on events.id = details.event_id
    where
        events.event_type in (
            'OPEN', 'CLICK', 'SENT', 'DELIVERED', 'BOUNCE', 'STATUSCHANGE', 'SPAMREPORT', 'FORWARD', 'PRINT'
        )

),

reply_activities as (

    select
        source_system,
        source_table,
        row_key,
        disposition,
        'email_reply:' || engagement_id || ':' || coalesce(contact_id, '') as activity_id,
        record_key,
        contact_id as record_id,
        'email_reply' as activity_type,
        occurred_at,
        occurred_at_precision,
        'email' as channel,
        cast(null as varchar) as asset_id,
        cast(null as varchar) as asset_name,
        cast(null as varchar) as url,
        cast(null as varchar) as referrer,
        cast(null as varchar) as search_term,
        cast(null as varchar) as utm_source,
        cast(null as varchar) as utm_medium,
        cast(null as varchar) as utm_campaign,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as user_agent,
        false as is_bot
    from replies

)

select * from event_activities
union all
select * from reply_activities
