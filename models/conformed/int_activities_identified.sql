{{ config(materialized='table') }}

with

staged as (

    {{ union_enabled('activities') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

identified as (

    select
        {{ key_of(['staged.source_system', 'staged.source_table', 'staged.activity_id']) }} as activity_key,
        staged.source_system,
        staged.activity_id as source_activity_id,
        staged.record_key,
        records.person_id,
        staged.activity_type,
        staged.occurred_at,
        staged.occurred_at_precision,
        staged.channel,
        staged.asset_id,
        staged.asset_name,
        staged.url,
        staged.referrer,
        staged.search_term,
        staged.utm_source,
        staged.utm_medium,
        staged.utm_campaign,
        staged.campaign_id,
        staged.user_agent,
        coalesce(staged.is_bot, false) as is_bot
    from staged
    inner join records
        on staged.record_key = records.record_key
    where
        staged.disposition = 'current'
        and staged.occurred_at <= {{ as_of() }}

)

select * from identified
