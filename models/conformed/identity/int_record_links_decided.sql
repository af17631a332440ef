{{ config(materialized='table') }}

with

links as (

    select * from {{ ref('int_record_links_unioned') }}

),

decided as (

    select * from {{ ref('int_record_groups_decided') }}

),

links_decided as (

    select
        links.record_key,
        links.linked_record_key,
        links.link_method,
        links.evidence,
        links.linked_source_system,
        links.linked_record_id,
        {{ link_order('links.link_method') }} as link_order,
        case
            when links.dropped_reason is not null then links.dropped_reason
            when decided.label <> linked_decided.label then 'kept_apart'
        end as dropped_reason
    from links
    left join decided
        on links.record_key = decided.record_key
    left join decided as linked_decided
        on links.linked_record_key = linked_decided.record_key

)

select * from links_decided
