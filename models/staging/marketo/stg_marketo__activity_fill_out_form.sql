{{ config(enabled=is_source_enabled('marketo', 'activity_fill_out_form')) }}

with

landed as (

    {{ landed_rows('marketo', 'activity_fill_out_form') }}

),

typed as (

    select
        {{ row_facts(
            'marketo',
            'activity_fill_out_form',
            key=['id'],
            required=['lead_id', 'activity_date'],
        ) }},
        'form_fill:' || id as activity_id,
        case when lead_id is not null then {{ key_of(["'marketo'", 'lead_id']) }} end as record_key,
        lead_id as record_id,
        'form_fill' as activity_type,
        activity_date as occurred_at,
        activity_date_precision as occurred_at_precision,
        cast(null as varchar) as channel,
        webform_id as asset_id,
        primary_attribute_value as asset_name,
        cast(null as varchar) as url,
        referrer_url as referrer,
        cast(null as varchar) as search_term,
        {{ query_parameter("'?' || query_parameters", 'utm_source') }} as utm_source,
        {{ query_parameter("'?' || query_parameters", 'utm_medium') }} as utm_medium,
        {{ query_parameter("'?' || query_parameters", 'utm_campaign') }} as utm_campaign,
        {{ qualified_id('marketo', 'campaign_id') }} as campaign_id,
        user_agent,
        false as is_bot
    from landed

)

{{ judged_rows('typed', 'marketo', 'activity_fill_out_form', canonical_columns('activities')) }}
