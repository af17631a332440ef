with

joined_pairs as (

    select distinct label
    from {{ ref('int_apart_pairs_joined') }}

),

components as (

    select * from {{ ref('int_record_components_labelled') }}

),

links as (

    select * from {{ ref('int_record_links_unioned') }}

),

links_ranked as (

    select
        joined_pairs.label,
        links.record_key,
        links.linked_record_key,
        {{ link_order('links.link_method') }} as link_order
    from links
    inner join components
        on links.record_key = components.record_key
    inner join joined_pairs
        on components.label = joined_pairs.label
    where links.dropped_reason is null

)

select * from links_ranked
