{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: form that a contact filled in, as an activity. The form's own name, else the title of the page it stood on.
with

submissions as (

    select * from {{ ref('stg_hubspot__contact_form_submission') }}

),

forms as (

    select * from {{ ref('stg_hubspot__form') }}
    where disposition in ('current', 'deleted')

),

activities as (

    select
        submissions.source_system,
        submissions.source_table,
        submissions.row_key,
        submissions.disposition,
        'form_fill:' || submissions.row_key as activity_id,
        submissions.record_key,
        submissions.contact_id as record_id,
        'form_fill' as activity_type,
        submissions.submitted_at as occurred_at,
        submissions.submitted_at_precision as occurred_at_precision,
        cast(null as varchar) as channel,
        submissions.form_id as asset_id,
        coalesce(forms.name, submissions.title) as asset_name,
        submissions.page_url as url,
        cast(null as varchar) as referrer,
        cast(null as varchar) as search_term,
        {{ query_parameter('submissions.page_url', 'utm_source') }} as utm_source,
        {{ query_parameter('submissions.page_url', 'utm_medium') }} as utm_medium,
        {{ query_parameter('submissions.page_url', 'utm_campaign') }} as utm_campaign,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as user_agent,
        false as is_bot
    from submissions
    left join forms
        on submissions.form_id = forms.guid

)

select * from activities
