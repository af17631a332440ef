{{ config(enabled=is_source_enabled('marketo', 'activity_unsubscribe_email')) }}

with

landed as (

    {{ landed_rows('marketo', 'activity_unsubscribe_email') }}

),

typed as (

    select
        {{ row_facts('marketo', 'activity_unsubscribe_email', key=['id'], required=['lead_id', 'activity_date']) }},
        'email_unsubscribed:' || id as activity_id,
        case when lead_id is not null then {{ key_of(["'marketo'", 'lead_id']) }} end as record_key,
        lead_id as record_id,
        'email_unsubscribed' as activity_type,
        activity_date as occurred_at,
        activity_date_precision as occurred_at_precision,
        'email' as channel,
        coalesce(email_template_id, primary_attribute_value_id) as asset_id,
        primary_attribute_value as asset_name,
        cast(null as varchar) as url,
        referrer_url as referrer,
        cast(null as varchar) as search_term,
        cast(null as varchar) as utm_source,
        cast(null as varchar) as utm_medium,
        cast(null as varchar) as utm_campaign,
        {{ qualified_id('marketo', 'campaign_id') }} as campaign_id,
        user_agent,
        false as is_bot
    from landed

)

{{ judged_rows('typed', 'marketo', 'activity_unsubscribe_email', canonical_columns('activities')) }}
