{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: contact x contact that was merged into it, at or before as_of. The audit tells when; HubSpot's lists on the
-- contact that stands tell which (`id;id`), or which and when (`id:milliseconds;…`).
with

contacts as (

    select * from {{ ref('stg_hubspot__contact') }}
    where disposition = 'current'

),

merge_audit as (

    select * from {{ ref('stg_hubspot__contact_merge_audit') }}
    where disposition = 'current'

),

told as (

    select
        id as contact_id,
        trim({{ list_parts('hs_merged_object_ids', ';') }}) as merged_contact_id,
        cast(null as timestamp) as merged_at
    from contacts
    where hs_merged_object_ids is not null

    union all

    select
        contact_id,
        split_part(merged_text, ':', 1) as merged_contact_id,
        {{ parse_timestamp("nullif(split_part(merged_text, ':', 2), '')") }} as merged_at
    from (
        select
            id as contact_id,
            trim({{ list_parts('hs_calculated_merged_vids', ';') }}) as merged_text
        from contacts
        where hs_calculated_merged_vids is not null
    ) as listed

    union all

    select
        canonical_vid as contact_id,
        vid_to_merge as merged_contact_id,
        merged_at
    from merge_audit

),

mergers as (

    select
        contact_id,
        merged_contact_id,
        max(merged_at) as merged_at
    from told
    where
        merged_contact_id <> ''
        and merged_contact_id <> contact_id
    group by contact_id, merged_contact_id

),

known as (  -- a contact is merged once; of two that claim it the later, then the one whose time is known

    select
        contact_id,
        merged_contact_id,
        merged_at,
        row_number() over (
            partition by merged_contact_id
            order by
                case when merged_at is null then 1 else 0 end asc,
                merged_at desc,
                contact_id asc
        ) as claim_rank
    from mergers
    where coalesce(merged_at <= {{ as_of() }}, true)

)

select
    contact_id,
    merged_contact_id,
    merged_at
from known
where claim_rank = 1
