{{ config(enabled=is_source_enabled('hubspot')) }}

with

landed as (

    {{ landed_rows('hubspot', 'email_campaign') }}

),

typed as (

    select
        {{ row_facts('hubspot', 'email_campaign', key=['id']) }},
        {{ qualified_id('hubspot', 'id') }} as campaign_id,
        coalesce(name, subject) as campaign_name,
        coalesce(type, sub_type) as campaign_type,
        'email' as channel,
        cast(null as numeric(18, 2)) as cost,
        cast(null as varchar) as currency,
        cast(null as date) as started_on,
        cast(null as date) as ended_on
    from landed

)

{{ judged_rows('typed', 'hubspot', 'email_campaign', canonical_columns('campaigns')) }}
