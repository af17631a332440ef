-- Grain: person x workshop attended. Handoff reads it as signals (var extra_signals) and fills what it does not give.
with

attendees as (

    select
        workshop_id,
        workshop_name,
        {{ handoff.key_of(["'generic'", 'record_id']) }} as record_key,
        {{ handoff.parse_timestamp('attended_at') }} as attended_at
    from {{ ref('workshop_attendees') }}

),

records as (

    select * from {{ ref('handoff', 'int_person_record_keys_listed') }}

)

select
    records.person_id,
    'workshop_attended' as activity_type,
    attendees.attended_at as occurred_at,
    attendees.workshop_id as asset_id,
    attendees.workshop_name as asset_name,
    {{ handoff.key_of(["'workshop'", 'attendees.workshop_id', 'records.person_id']) }} as signal_id
from attendees
inner join records
    on attendees.record_key = records.record_key
where attendees.attended_at <= {{ handoff.as_of() }}
