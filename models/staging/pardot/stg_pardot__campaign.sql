{{ config(enabled=is_source_enabled('pardot')) }}

with

landed as (

    {{ landed_rows('pardot', 'campaign') }}

),

typed as (

    select
        {{ row_facts('pardot', 'campaign', key=['id']) }},
        {{ qualified_id('pardot', 'id') }} as campaign_id,
        name as campaign_name,
        cast(null as varchar) as campaign_type,
        cast(null as varchar) as channel,
        cost,
        cast(null as varchar) as currency,
        cast(null as date) as started_on,
        cast(null as date) as ended_on
    from landed

)

{{ judged_rows('typed', 'pardot', 'campaign', canonical_columns('campaigns')) }}
