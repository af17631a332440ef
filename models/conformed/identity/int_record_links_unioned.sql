with

people as (

    select * from {{ ref('int_people_unioned') }}

),

merge_cycles as (

    select * from {{ ref('int_merge_cycles_found') }}

),

emails as (

    select * from {{ ref('int_record_emails_classified') }}

),

cross_ids as (

    select * from {{ ref('int_record_cross_ids_collected') }}

),

personal_emails as (

    select
        record_key,
        -- a star per address, so links grow with records
        min(record_key) over (partition by canonical_email) as hub_record_key
    from emails
    where is_personal

),

links as (

    select
        record_key,
        {{ key_of(['source_system', 'converted_contact_id']) }} as linked_record_key,
        'conversion' as link_method
    from people
    where converted_contact_id is not null

    union all

    select
        record_key,
        {{ key_of(['source_system', 'merged_into_id']) }} as linked_record_key,
        'merge' as link_method
    from people
    where merged_into_id is not null

    union all

    select
        record_key,
        linked_record_key,
        'cross_id' as link_method
    from cross_ids

    union all

    select
        record_key,
        hub_record_key as linked_record_key,
        'email' as link_method
    from personal_emails

),

usable_records as (

    select people.record_key
    from people
    left join merge_cycles
        on people.record_key = merge_cycles.record_key
    where merge_cycles.record_key is null

),

usable_links as (  -- both ends exist, and neither is caught in a merge cycle

    select distinct
        links.record_key,
        links.linked_record_key,
        links.link_method
    from links
    inner join usable_records
        on links.record_key = usable_records.record_key
    inner join usable_records as linked_records
        on links.linked_record_key = linked_records.record_key
    where links.record_key <> links.linked_record_key

)

select * from usable_links
