{%- set reads_marketo = is_source_enabled('marketo') and is_source_enabled('salesforce') -%}
with

people as (

    select * from {{ ref('int_people_unioned') }}

),

record_links as (

    {{ union_enabled('record_links') }}

),

crm_ids as (

    {% if reads_marketo %}
        select
            record_key,
            sfdc_lead_id as crm_id
        from {{ ref('stg_marketo__lead') }}
        where
            disposition in ('current', 'merged')
            and sfdc_lead_id is not null

        union

        select
            record_key,
            sfdc_contact_id as crm_id
        from {{ ref('stg_marketo__lead') }}
        where
            disposition in ('current', 'merged')
            and sfdc_contact_id is not null
    {% else %}
        select
            cast(null as varchar) as record_key,
            cast(null as varchar) as crm_id
        where false
    {% endif %}

),

cross_ids as (

    select
        record_key,
        {{ key_of(['other_source_system', 'other_record_id']) }} as linked_record_key
    from record_links
    where disposition = 'current'

    union

    select
        crm_ids.record_key,
        people.record_key as linked_record_key
    from crm_ids
    inner join people  -- an id of 15 characters is the one of 18 without its check sum
        on substr(crm_ids.crm_id, 1, 15) = substr(people.record_id, 1, 15)
    where people.source_system = 'salesforce'

)

select * from cross_ids
