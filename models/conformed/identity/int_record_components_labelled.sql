{{ config(materialized='table') }}

-- Connected records bear one label: the smallest record_key among them, found by going where the record went in each
-- round of drawing together. Every step leads to a smaller number or stays, so the last is the smallest.
with recursive

contracted as (

    select * from {{ ref('int_record_links_contracted') }}

),

numbered as (

    select * from {{ ref('int_linked_records_numbered') }}

),

steps as (

    select
        round_number,
        record_number,
        least(record_number, min(linked_record_number)) as next_number
    from contracted
    group by
        round_number,
        record_number

),

moves as (

    select
        steps.round_number,
        steps.record_number,
        third_steps.next_number
    from steps
    inner join steps as second_steps
        on
            steps.round_number = second_steps.round_number
            and steps.next_number = second_steps.record_number
    inner join steps as third_steps
        on
            second_steps.round_number = third_steps.round_number
            and second_steps.next_number = third_steps.record_number

),

followed as (

    select
        record_number,
        record_number as label_number,
        0 as round_number
    from numbered

    union all

    select
        followed.record_number,
        moves.next_number as label_number,
        followed.round_number + 1 as round_number
    from followed
    inner join moves
        on
            followed.label_number = moves.record_number
            and followed.round_number = moves.round_number

),

settled as (

    select
        record_number,
        min(label_number) as label_number
    from followed
    group by record_number

),

labelled as (

    select
        numbered.record_key,
        label_holders.record_key as label
    from settled
    inner join numbered
        on settled.record_number = numbered.record_number
    inner join numbered as label_holders
        on settled.label_number = label_holders.record_number

)

select * from labelled
