{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}
{%- set kinds = {
    'call': {'began_at': 'hs_timestamp', 'status': 'hs_call_status', 'outcome': 'hs_call_disposition'},
    'email': {
        'began_at': 'hs_timestamp', 'status': 'hs_email_status', 'is_sequenced': 'hs_sequence_id is not null',
        'is_from_contact': "coalesce(upper(hs_email_direction) = 'INCOMING_EMAIL', false)",
    },
    'meeting': {
        'began_at': 'hs_meeting_start_time', 'ended_at': 'hs_meeting_end_time', 'outcome': 'hs_meeting_outcome',
    },
    'task': {
        'began_at': 'hs_createdate', 'ended_at': 'hs_task_completion_date', 'status': 'hs_task_status',
        'outcome': 'hs_task_type',
    },
    'communication': {'began_at': 'hs_timestamp', 'outcome': 'hs_communication_channel_type'},
} %}

-- Grain: engagement x contact associated with it (one row without a contact where there is none). When it was and how
-- it stands, whichever form of the connector told it; an e-mail that the contact wrote is theirs, not a rep's.
with

engagements as (

    select * from {{ ref('stg_hubspot__engagement') }}
    where disposition in ('current', 'deleted')

),

told as (

    {% for kind, tells in kinds.items() %}
        select
            source_system,
            source_table,
            row_key,
            disposition,
            engagement_id,
            '{{ kind }}' as kind,
            hubspot_owner_id,
            hs_created_by_user_id,
            coalesce(hs_engagement_source, hs_object_source) as engagement_source,
            coalesce({{ tells.began_at }}, hs_timestamp) as occurred_at,
            coalesce({{ tells.began_at }}_precision, hs_timestamp_precision) as occurred_at_precision,
            {{ tells.ended_at or 'cast(null as timestamp)' }} as completed_at,
            {{ tells.ended_at ~ '_precision' if tells.ended_at else 'cast(null as varchar)' }}
                as completed_at_precision,
            {{ tells.status or 'cast(null as varchar)' }} as status,
            {{ tells.outcome or 'cast(null as varchar)' }} as outcome,
            {{ tells.is_from_contact or 'false' }} as is_from_contact,
            {{ tells.is_sequenced or 'false' }} as is_sequenced
        from {{ ref('stg_hubspot__engagement_' ~ kind) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

contacts as (

    select distinct
        engagement_id,
        contact_id,
        record_key
    from {{ ref('stg_hubspot__engagement_contact') }}
    where disposition = 'current'

),

dated as (

    select
        told.source_system,
        told.source_table,
        told.row_key,
        case
            when engagements.disposition = 'deleted' and told.disposition = 'current' then 'deleted'
            else told.disposition
        end as disposition,
        told.engagement_id,
        told.kind,
        contacts.contact_id,
        contacts.record_key,
        coalesce(told.hubspot_owner_id, engagements.owner_id) as owner_id,
        coalesce(told.hs_created_by_user_id, engagements.created_by) as user_id,
        upper(coalesce(told.engagement_source, engagements.source)) as engagement_source,
        coalesce(told.occurred_at, engagements.occurred_at, engagements.created_at) as occurred_at,
        coalesce(told.occurred_at_precision, engagements.occurred_at_precision, engagements.created_at_precision)
            as occurred_at_precision,
        told.completed_at,
        told.completed_at_precision,
        upper(told.status) as status,
        told.outcome,
        told.is_from_contact or coalesce(upper(engagements.type) = 'INCOMING_EMAIL', false) as is_from_contact,
        told.is_sequenced
    from told
    left join engagements
        on told.engagement_id = engagements.id
    left join contacts  -- a row for each contact
        on told.engagement_id = contacts.engagement_id

)

select * from dated
