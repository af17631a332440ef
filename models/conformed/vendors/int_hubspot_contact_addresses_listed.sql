{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: e-mail address of a HubSpot contact, its own or an additional one. Of several contacts that list an address,
-- whose own it is, then the smallest id.
with

contacts as (

    select * from {{ ref('stg_hubspot__contact') }}
    where disposition in ('current', 'deleted')

),

listed as (

    select
        id as contact_id,
        record_key,
        lower(email) as address,
        case disposition when 'current' then 0 else 2 end as preference
    from contacts
    where email is not null

    union all

    select
        id as contact_id,
        record_key,
        lower(trim({{ list_parts('hs_additional_emails', ';') }})) as address,
        case disposition when 'current' then 1 else 3 end as preference
    from contacts
    where hs_additional_emails is not null

),

ranked as (

    select
        contact_id,
        record_key,
        address,
        row_number() over (partition by address order by preference, contact_id) as address_rank
    from listed
    where address <> ''

)

select
    contact_id,
    record_key,
    address
from ranked
where address_rank = 1
