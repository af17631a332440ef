{{ config(enabled=is_source_enabled('marketo'), materialized='table') }}

-- Grain: lead that was merged into another at or before as_of. Of several mergers that name it, the latest.
with

told as (

    select
        lead_id,
        -- written [17, 18] by some loaders, 17;18 or 17,18 by others
        trim({{ list_parts("translate(merge_ids, '[] ,\"', ';;;;;')", ';') }}) as merged_lead_id,
        activity_date as merged_at,
        row_key
    from {{ ref('stg_marketo__activity_merge_leads') }}
    where
        disposition = 'current'
        and activity_date <= {{ as_of() }}

),

ranked as (

    select
        lead_id,
        merged_lead_id,
        merged_at,
        row_number() over (partition by merged_lead_id order by merged_at desc, row_key asc) as merger_rank
    from told
    where
        merged_lead_id <> ''
        and merged_lead_id <> lead_id

)

select
    lead_id,
    merged_lead_id,
    merged_at
from ranked
where merger_rank = 1
