{{ config(enabled=is_source_enabled('pardot'), materialized='table') }}
{#- What Pardot's numbers say happened. -#}
{%- set names = {
    '3': 'form_error', '4': 'form_fill', '5': 'session', '6': 'email_send', '7': 'site_search', '11': 'email_open',
    '12': 'email_unsubscribed', '13': 'email_bounced', '14': 'email_spam_reported', '15': 'email_preferences_viewed',
    '16': 'email_resubscribed', '17': 'link_click', '20': 'site_visit', '21': 'link_click', '22': 'chat',
    '23': 'webinar_invitation', '24': 'webinar_attendance', '25': 'webinar_registration', '26': 'social_post_click',
    '27': 'video_view', '28': 'event_registration', '29': 'event_attendance', '30': 'video_conversion',
    '34': 'video_watched', '35': 'email_unsubscribed', '36': 'email_bounced', '37': 'email_resubscribed',
} %}

-- Grain: activity of a visitor or prospect that is no event of a deal. A view or a success is of what was viewed or
-- filled in: a page, a form, a file. What a visitor did before they were known is the prospect's whom they turned out
-- to be.
with

activities as (

    select * from {{ ref('stg_pardot__visitor_activity') }}

),

visitors as (

    select * from {{ ref('stg_pardot__visitor') }}
    where
        disposition = 'current'
        and prospect_id is not null

),

told as (

    select
        activities.*,
        coalesce(activities.prospect_id, visitors.prospect_id) as known_prospect_id,
        coalesce(activities.record_key, visitors.record_key) as known_record_key,
        {{ snake_case('activities.type_name') }} as object_type,
        visitors.source_parameter,
        visitors.medium_parameter,
        visitors.campaign_parameter,
        coalesce(activities.list_email_id, activities.email_id, activities.email_template_id) as any_email_id
    from activities
    left join visitors
        on activities.visitor_id = visitors.id
    where activities.type not in ('8', '9', '10', '18', '19', '38')

),

objects_told as (

    select
        *,
        (any_email_id is not null or coalesce(object_type like 'email%', false)) as is_email,
        case
            when file_id is not null or object_type = 'file' then 'content_download'
            when form_id is not null or object_type like 'form%' then 'form_view'
            else 'page_visit'
        end as view_name
    from told

),

named as (

    select
        source_system,
        source_table,
        row_key,
        disposition,
        'visitor_activity:' || id as activity_id,
        known_record_key as record_key,
        known_prospect_id as record_id,
        case type
            {% for number, name in names.items() %}
                when '{{ number }}' then '{{ name }}'
            {% endfor %}
            when '1' then case when is_email then 'email_click' else 'link_click' end
            when '2' then view_name
            else 'pardot_activity_' || type
        end as activity_type,
        created_at as occurred_at,
        created_at_precision as occurred_at_precision,
        case when is_email then 'email' end as channel,
        coalesce(any_email_id, form_id, form_handler_id, landing_page_id, file_id, custom_redirect_id) as asset_id,
        details as asset_name,
        case when details like 'http%' or details like '/%' then details end as url,
        cast(null as varchar) as referrer,
        case when type = '7' then details end as search_term,
        coalesce({{ query_parameter('details', 'utm_source') }}, source_parameter) as utm_source,
        coalesce({{ query_parameter('details', 'utm_medium') }}, medium_parameter) as utm_medium,
        coalesce({{ query_parameter('details', 'utm_campaign') }}, campaign_parameter) as utm_campaign,
        {{ qualified_id('pardot', 'campaign_id') }} as campaign_id,
        cast(null as varchar) as user_agent,
        false as is_bot
    from objects_told

)

select * from named
