{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: event of a marketing e-mail of which one of the tables beside tells more: what was clicked, by what browser,
-- what became of the subscription.
with

stacked as (

    select
        id as event_id,
        url,
        referer,
        user_agent,
        false as is_unsubscription
    from {{ ref('stg_hubspot__email_event_click') }}
    where disposition = 'current'
    {% for table in ['open', 'forward', 'print', 'spam_report'] %}
        union all

        select
            id as event_id,
            cast(null as varchar) as url,
            cast(null as varchar) as referer,
            user_agent,
            false as is_unsubscription
        from {{ ref('stg_hubspot__email_event_' ~ table) }}
        where disposition = 'current'
    {% endfor %}
    union all

    select
        id as event_id,
        cast(null as varchar) as url,
        cast(null as varchar) as referer,
        cast(null as varchar) as user_agent,
        coalesce(
            upper(portal_subscription_status) = 'UNSUBSCRIBED',
            upper(subscriptions) like '%UNSUBSCRIBED%',
            false
        ) as is_unsubscription
    from {{ ref('stg_hubspot__email_event_status_change') }}
    where disposition = 'current'

),

one_row_per_event as (

    select
        event_id,
        max(url) as url,
        max(referer) as referer,
        max(user_agent) as user_agent,
        bool_or(is_unsubscription) as is_unsubscription
    from stacked
    group by event_id

)

select * from one_row_per_event
