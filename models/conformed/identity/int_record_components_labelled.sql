-- Connected records bear one label: the smallest record_key among them. Each round a record takes the smallest label
-- beside it, the record it was labelled after takes it too, and every label jumps to its own label; rounds grow with
-- the logarithm of the longest chain, and the recursion ends with the first round that moves nothing.
with recursive

links as (

    select * from {{ ref('int_record_links_unioned') }}

),

linked_records as (

    select record_key
    from links

    union

    select linked_record_key as record_key
    from links

),

numbered as (  -- numbers go round several times faster than keys

    select
        record_key,
        row_number() over (order by record_key) as record_number
    from linked_records

),

links_numbered as (

    select
        own.record_number,
        linked.record_number as linked_record_number
    from links
    inner join numbered as own
        on links.record_key = own.record_key
    inner join numbered as linked
        on links.linked_record_key = linked.record_key

),

both_ways as (

    select
        record_number,
        linked_record_number
    from links_numbered

    union

    select
        linked_record_number as record_number,
        record_number as linked_record_number
    from links_numbered

),

labelled as (

    select
        record_number,
        least(record_number, min(linked_record_number)) as label,
        true as is_moving
    from both_ways
    group by record_number

    union all

    select * from (
        with

        candidates as (

            select
                record_number,
                label
            from labelled
            where is_moving

            union all

            select
                both_ways.record_number,
                neighbour.label
            from both_ways
            inner join labelled as neighbour
                on both_ways.linked_record_number = neighbour.record_number

            union all

            select
                own.label as record_number,
                neighbour.label
            from both_ways
            inner join labelled as own
                on both_ways.record_number = own.record_number
            inner join labelled as neighbour
                on both_ways.linked_record_number = neighbour.record_number

        ),

        smallest as (

            select
                record_number,
                min(label) as label
            from candidates
            group by record_number

        )

        select
            earlier.record_number,
            jumped.label,
            bool_or(jumped.label <> earlier.label) over () as is_moving
        from labelled as earlier
        inner join smallest
            on earlier.record_number = smallest.record_number
        inner join smallest as jumped
            on smallest.label = jumped.record_number
        where earlier.is_moving
    ) as next_round

),

settled as (

    select
        numbered.record_key,
        label_holders.record_key as label
    from labelled
    inner join numbered
        on labelled.record_number = numbered.record_number
    inner join numbered as label_holders
        on labelled.label = label_holders.record_number
    where not labelled.is_moving

)

select * from settled
