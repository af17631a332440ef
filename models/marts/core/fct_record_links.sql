with

links as (

    select * from {{ ref('int_record_links_decided') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

overrides as (

    select * from {{ ref('int_identity_overrides_applied') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

links_told as (

    select
        links.record_key,
        links.linked_record_key,
        links.link_method,
        links.evidence,
        links.dropped_reason,
        coalesce(people.source_system, overrides.source_system) as source_system,
        coalesce(people.record_id, overrides.record_id) as record_id,
        coalesce(linked_people.source_system, links.linked_source_system) as linked_source_system,
        coalesce(linked_people.record_id, links.linked_record_id) as linked_record_id,
        coalesce(
            {{ plain_letters('people.first_name') }} <> {{ plain_letters('linked_people.first_name') }}
            and {{ plain_letters('people.last_name') }} <> {{ plain_letters('linked_people.last_name') }},
            false
        ) as is_name_different
    from links
    left join people
        on links.record_key = people.record_key
    left join people as linked_people
        on links.linked_record_key = linked_people.record_key
    left join overrides  -- a record that only an override names
        on
            links.link_method = 'forced'
            and links.evidence = overrides.override_id

),

record_links as (

    select
        {{ key_of([
            'links_told.record_key', 'links_told.linked_record_key', 'links_told.link_method', 'links_told.evidence'
        ]) }} as link_id,
        records.person_id,
        links_told.source_system,
        links_told.record_id,
        linked_records.person_id as linked_person_id,
        links_told.linked_source_system,
        links_told.linked_record_id,
        links_told.link_method,
        links_told.evidence,
        links_told.is_name_different,
        (links_told.dropped_reason is null) as is_used,
        links_told.dropped_reason
    from links_told
    left join records
        on links_told.record_key = records.record_key
    left join records as linked_records
        on links_told.linked_record_key = linked_records.record_key

)

select * from record_links
