{{ config(materialized='table') }}

with

staged as (

    {{ union_enabled('campaign_members') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

identified as (

    select
        {{ key_of(['staged.source_system', 'staged.campaign_id', 'staged.record_key']) }} as campaign_member_key,
        staged.source_system,
        staged.campaign_id,
        staged.record_key,
        records.person_id,
        staged.status,
        coalesce(staged.has_responded, false) as has_responded,
        staged.responded_at,
        staged.responded_at_precision
    from staged
    inner join records
        on staged.record_key = records.record_key
    where
        staged.disposition = 'current'
        and (staged.responded_at is null or staged.responded_at <= {{ as_of() }})

)

select * from identified
