{{ config(materialized='table') }}

with

people as (

    select * from {{ ref('int_people_unioned') }}

),

merge_cycles as (

    select * from {{ ref('int_merge_cycles_found') }}

),

links as (

    select * from {{ ref('int_record_links_unioned') }}

),

components as (

    select * from {{ ref('int_record_components_labelled') }}

),

link_ends as (

    select
        record_key,
        link_method
    from links

    union all

    select
        linked_record_key as record_key,
        link_method
    from links

),

strongest_links as (

    select
        record_key,
        min(case link_method when 'conversion' then 1 when 'merge' then 2 when 'cross_id' then 3 else 4 end)
            as link_order
    from link_ends
    group by record_key

),

records_labelled as (

    select
        people.record_key,
        people.source_system,
        people.record_id,
        people.record_type,
        people.created_at,
        people.is_merged,
        strongest_links.link_order,
        coalesce(components.label, people.record_key) as label
    from people
    left join components
        on people.record_key = components.record_key
    left join strongest_links
        on people.record_key = strongest_links.record_key
    left join merge_cycles
        on people.record_key = merge_cycles.record_key
    where merge_cycles.record_key is null

),

records_ranked as (

    select
        *,
        row_number() over (
            partition by label
            order by
                case when is_merged then 1 else 0 end,
                case record_type when 'contact' then 0 else 1 end,
                created_at nulls last,
                source_system,
                record_id
        ) as survivor_rank
    from records_labelled

),

survivors as (

    select
        label,
        record_key as person_id
    from records_ranked
    where survivor_rank = 1

),

resolved as (

    select
        records_ranked.record_key,
        records_ranked.source_system,
        records_ranked.record_id,
        records_ranked.record_type,
        survivors.person_id,
        case
            when records_ranked.survivor_rank = 1 then 'own'
            when records_ranked.link_order = 1 then 'conversion'
            when records_ranked.link_order = 2 then 'merge'
            when records_ranked.link_order = 3 then 'cross_id'
            else 'email'
        end as link_method,
        (records_ranked.survivor_rank = 1) as is_survivor
    from records_ranked
    inner join survivors
        on records_ranked.label = survivors.label

)

select * from resolved
