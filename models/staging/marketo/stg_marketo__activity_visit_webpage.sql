{{ config(enabled=is_source_enabled('marketo', 'activity_visit_webpage')) }}

with

landed as (

    {{ landed_rows('marketo', 'activity_visit_webpage') }}

),

typed as (

    select
        {{ row_facts(
            'marketo',
            'activity_visit_webpage',
            key=['id'],
            required=['lead_id', 'activity_date'],
        ) }},
        'page_visit:' || id as activity_id,
        case when lead_id is not null then {{ key_of(["'marketo'", 'lead_id']) }} end as record_key,
        lead_id as record_id,
        'page_visit' as activity_type,
        activity_date as occurred_at,
        activity_date_precision as occurred_at_precision,
        cast(null as varchar) as channel,
        cast(null as varchar) as asset_id,
        primary_attribute_value as asset_name,
        webpage_url as url,
        referrer_url as referrer,
        search_query as search_term,
        {{ query_parameter("concat_ws('&', webpage_url, query_parameters)", 'utm_source') }} as utm_source,
        {{ query_parameter("concat_ws('&', webpage_url, query_parameters)", 'utm_medium') }} as utm_medium,
        {{ query_parameter("concat_ws('&', webpage_url, query_parameters)", 'utm_campaign') }} as utm_campaign,
        {{ qualified_id('marketo', 'campaign_id') }} as campaign_id,
        user_agent,
        false as is_bot
    from landed

)

{{ judged_rows('typed', 'marketo', 'activity_visit_webpage', canonical_columns('activities')) }}
