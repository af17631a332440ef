{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: contact that was merged into another and lands no more.
with

mergers as (

    select * from {{ ref('int_hubspot_contact_merges_found') }}

),

contacts as (

    select * from {{ ref('stg_hubspot__contact') }}
    where disposition in ('current', 'deleted')

),

merges_left as (

    select
        {{ key_of(["'hubspot'", 'mergers.contact_id']) }} as record_key,
        'current' as disposition,
        mergers.merged_contact_id as unlanded_contact_id
    from mergers
    left join contacts
        on mergers.merged_contact_id = contacts.id
    where contacts.id is null

)

select * from merges_left
