{{ config(enabled=is_source_enabled('marketo', 'activity_click_email')) }}

with

landed as (

    {{ landed_rows('marketo', 'activity_click_email') }}

),

typed as (

    select
        {{ row_facts('marketo', 'activity_click_email', key=['id'], required=['lead_id', 'activity_date']) }},
        'email_click:' || id as activity_id,
        case when lead_id is not null then {{ key_of(["'marketo'", 'lead_id']) }} end as record_key,
        lead_id as record_id,
        'email_click' as activity_type,
        activity_date as occurred_at,
        activity_date_precision as occurred_at_precision,
        'email' as channel,
        coalesce(email_template_id, primary_attribute_value_id) as asset_id,
        primary_attribute_value as asset_name,
        link as url,
        cast(null as varchar) as referrer,
        cast(null as varchar) as search_term,
        {{ query_parameter('link', 'utm_source') }} as utm_source,
        {{ query_parameter('link', 'utm_medium') }} as utm_medium,
        {{ query_parameter('link', 'utm_campaign') }} as utm_campaign,
        {{ qualified_id('marketo', 'campaign_id') }} as campaign_id,
        user_agent,
        coalesce(is_bot_activity, false) as is_bot
    from landed

)

{{ judged_rows('typed', 'marketo', 'activity_click_email', canonical_columns('activities')) }}
