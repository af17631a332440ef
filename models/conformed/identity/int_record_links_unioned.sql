{{ config(materialized='table') }}

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

overrides as (

    select * from {{ ref('int_identity_overrides_applied') }}

),

addresses_shared as (  -- a star about one record of each address, so that links grow with records

    select
        emails.record_key,
        min(emails.record_key) over (partition by emails.canonical_email) as hub_record_key,
        emails.email_domain,
        emails.impersonal_reason
    from emails
    left join merge_cycles
        on emails.record_key = merge_cycles.record_key
    where
        emails.canonical_email is not null
        and merge_cycles.record_key is null

),

links as (

    select
        record_key,
        {{ key_of(['source_system', 'converted_contact_id']) }} as linked_record_key,
        'conversion' as link_method,
        'converted_contact_id' as evidence,
        source_system as linked_source_system,
        converted_contact_id as linked_record_id,
        cast(null as {{ dbt.type_string() }}) as refused_reason
    from people
    where converted_contact_id is not null

    union all

    select
        record_key,
        {{ key_of(['source_system', 'merged_into_id']) }} as linked_record_key,
        'merge' as link_method,
        'merged_into_id' as evidence,
        source_system as linked_source_system,
        merged_into_id as linked_record_id,
        cast(null as {{ dbt.type_string() }}) as refused_reason
    from people
    where merged_into_id is not null

    union all

    select
        record_key,
        linked_record_key,
        link_method,
        evidence,
        linked_source_system,
        linked_record_id,
        cast(null as {{ dbt.type_string() }}) as refused_reason
    from cross_ids

    union all

    select
        record_key,
        hub_record_key as linked_record_key,
        'email' as link_method,
        'address at ' || email_domain as evidence,
        cast(null as {{ dbt.type_string() }}) as linked_source_system,
        cast(null as {{ dbt.type_string() }}) as linked_record_id,
        impersonal_reason as refused_reason
    from addresses_shared

    union all

    select
        record_key,
        other_record_key as linked_record_key,
        'forced' as link_method,
        override_id as evidence,
        other_source_system as linked_source_system,
        other_record_id as linked_record_id,
        case when decision = 'force_apart' then 'force_apart' end as refused_reason
    from overrides

),

links_judged as (

    select
        links.record_key,
        links.linked_record_key,
        links.link_method,
        links.evidence,
        links.linked_source_system,
        links.linked_record_id,
        case
            when people.record_key is null or linked_people.record_key is null then 'unknown_record'
            when merge_cycles.record_key is not null or linked_cycles.record_key is not null then 'merge_cycle'
            else links.refused_reason
        end as dropped_reason
    from links
    left join people
        on links.record_key = people.record_key
    left join people as linked_people
        on links.linked_record_key = linked_people.record_key
    left join merge_cycles
        on links.record_key = merge_cycles.record_key
    left join merge_cycles as linked_cycles
        on links.linked_record_key = linked_cycles.record_key
    where links.record_key <> links.linked_record_key

)

select * from links_judged
