{{ config(materialized='table') }}

-- Linked records drawn together until no link is left. In each round a record goes to the smallest number beside it,
-- on to where that one goes, and once more; links follow their ends, and one between two that went to the same place is
-- gone. Numbers are as random as the keys they follow, so two thirds of a chain go in each round and all rounds' links
-- add up to little more than those of the first. The limit, twice the logarithm of the records, is far from reached;
-- links left at it would leave linked records apart, which assert_every_person_has_one_survivor refuses.
with recursive

links as (

    select * from {{ ref('int_record_links_unioned') }}
    where dropped_reason is null

),

numbered as (

    select * from {{ ref('int_linked_records_numbered') }}

),

round_limit as (

    select 4 + 2 * ceil(ln(count(*) + 1) / ln(2)) as last_round
    from numbered

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

contracted as (

    select
        0 as round_number,
        record_number,
        linked_record_number
    from links_numbered

    union all

    select
        0 as round_number,
        linked_record_number as record_number,
        record_number as linked_record_number
    from links_numbered

    union all

    select * from (
        with

        steps as (

            select
                record_number,
                round_number,
                least(record_number, min(linked_record_number)) as next_number
            from contracted
            group by
                record_number,
                round_number

        ),

        moves as (

            select
                steps.record_number,
                steps.round_number,
                third_steps.next_number
            from steps
            inner join steps as second_steps
                on steps.next_number = second_steps.record_number
            inner join steps as third_steps
                on second_steps.next_number = third_steps.record_number
            cross join round_limit
            where steps.round_number < round_limit.last_round

        )

        select distinct
            moves.round_number + 1 as round_number,
            moves.next_number as record_number,
            linked_moves.next_number as linked_record_number
        from contracted
        inner join moves
            on contracted.record_number = moves.record_number
        inner join moves as linked_moves
            on contracted.linked_record_number = linked_moves.record_number
        where moves.next_number <> linked_moves.next_number
    ) as next_round

)

select * from contracted
