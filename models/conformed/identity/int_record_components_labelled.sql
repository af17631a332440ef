-- Connected records bear one label: the smallest record_key among them. Each round a record takes the smallest label
-- beside it, the record it was labelled after takes it too, and every label jumps to its own label; rounds grow with
-- the logarithm of the longest chain, and the recursion ends with the first round that moves nothing.
with recursive

links as (

    select * from {{ ref('int_record_links_unioned') }}

),

both_ways as (

    select
        record_key,
        linked_record_key
    from links

    union

    select
        linked_record_key as record_key,
        record_key as linked_record_key
    from links

),

labelled as (

    select
        record_key,
        least(record_key, min(linked_record_key)) as label,
        true as is_moving
    from both_ways
    group by record_key

    union all

    select * from (
        with

        candidates as (

            select
                record_key,
                label
            from labelled
            where is_moving

            union all

            select
                both_ways.record_key,
                neighbour.label
            from both_ways
            inner join labelled as neighbour
                on both_ways.linked_record_key = neighbour.record_key

            union all

            select
                own.label as record_key,
                neighbour.label
            from both_ways
            inner join labelled as own
                on both_ways.record_key = own.record_key
            inner join labelled as neighbour
                on both_ways.linked_record_key = neighbour.record_key

        ),

        smallest as (

            select
                record_key,
                min(label) as label
            from candidates
            group by record_key

        )

        select
            before.record_key,
            jumped.label,
            bool_or(jumped.label <> before.label) over () as is_moving
        from labelled as before
        inner join smallest
            on before.record_key = smallest.record_key
        inner join smallest as jumped
            on smallest.label = jumped.record_key
        where before.is_moving
    )

),

settled as (

    select
        record_key,
        label
    from labelled
    where not is_moving

)

select * from settled
