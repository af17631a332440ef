{{ config(materialized='table') }}

-- Grain: key of a record of a person who was several before a conversion or merge of known instant. Which of them the
-- record was: the records that anything else links belong together, and bear the number and key of the one that would
-- have survived. Number 1 is who the person is now.
with recursive

joins as (

    select * from {{ ref('int_person_joins_dated') }}

),

numbered as (

    select * from {{ ref('int_joined_records_numbered') }}

),

lasting_links as (  -- nothing says since when: they have always held

    select
        links.record_key,
        links.linked_record_key
    from {{ ref('int_record_links_decided') }} as links
    left join joins
        on
            links.record_key = joins.record_key
            and links.linked_record_key = joins.linked_record_key
            and links.link_method = joins.link_method
    where
        links.dropped_reason is null
        and joins.record_key is null

),

neighbours as (

    select
        numbered.person_id,
        numbered.record_number,
        linked.record_number as neighbour_number
    from lasting_links
    inner join numbered
        on lasting_links.record_key = numbered.record_key
    inner join numbered as linked
        on lasting_links.linked_record_key = linked.record_key
    union
    select
        numbered.person_id,
        linked.record_number,
        numbered.record_number as neighbour_number
    from lasting_links
    inner join numbered
        on lasting_links.record_key = numbered.record_key
    inner join numbered as linked
        on lasting_links.linked_record_key = linked.record_key
    union
    select
        person_id,
        record_number,
        record_number as neighbour_number
    from numbered

),

labelled as (  -- the smallest number among neighbours, until nobody of the person has a smaller one

    select
        person_id,
        record_number,
        record_number as label_number,
        1 as has_changed
    from numbered
    union all
    select
        person_id,
        record_number,
        label_number,
        max(case when label_number < last_label_number then 1 else 0 end) over (partition by person_id) as has_changed
    from (
        select
            neighbours.person_id,
            neighbours.record_number,
            min(labelled.label_number) as label_number,
            min(
                case when neighbours.record_number = neighbours.neighbour_number then labelled.label_number end
            ) as last_label_number
        from labelled
        inner join neighbours
            on
                labelled.person_id = neighbours.person_id
                and labelled.record_number = neighbours.neighbour_number
        where labelled.has_changed = 1
        group by neighbours.person_id, neighbours.record_number
    ) as next_labels

),

persons_joined as (

    select distinct person_id
    from numbered

),

settled as (

    select
        person_id,
        record_number,
        min(label_number) as earlier_number
    from labelled
    group by person_id, record_number

)

select
    record_keys.record_key,
    record_keys.person_id,
    coalesce(settled.earlier_number, 1) as earlier_number,
    coalesce(leading_records.record_key, record_keys.person_id) as earlier_person_id
from {{ ref('int_person_record_keys_listed') }} as record_keys
inner join persons_joined
    on record_keys.person_id = persons_joined.person_id
left join numbered  -- none of a key that lands no more: what is told under it is the survivor's
    on record_keys.record_key = numbered.record_key
left join settled
    on
        numbered.person_id = settled.person_id
        and numbered.record_number = settled.record_number
left join numbered as leading_records
    on
        settled.person_id = leading_records.person_id
        and settled.earlier_number = leading_records.record_number
