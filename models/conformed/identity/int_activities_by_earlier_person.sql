{{ config(materialized='table') }}

-- Grain: activity or campaign response of a person who was several before x earlier person whose doing it is. Known by
-- what every signal made of it keeps: system, id as shown, and instant.
with

records as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

doings as (

    select
        record_key,
        source_system,
        {{ id_without_address('source_activity_id') }} as source_activity_id,
        occurred_at
    from {{ ref('int_activities_identified') }}
    union all
    select
        record_key,
        source_system,
        {{ id_without_address('campaign_member_key') }} as source_activity_id,
        responded_at as occurred_at
    from {{ ref('int_campaign_members_identified') }}
    where has_responded and responded_at is not null

)

select distinct
    records.person_id,
    doings.source_system,
    doings.source_activity_id,
    doings.occurred_at,
    records.earlier_person_id
from doings
inner join records
    on
        doings.record_key = records.record_key
        and doings.occurred_at >= records.known_from
