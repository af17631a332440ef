{{ config(materialized='table') }}

-- Grain: person x join of two of those they were before, in order, x earlier person. Who leads each of them from then
-- on: the smaller number of the two that joined. One step a join.
with recursive

records as (

    select * from {{ ref('int_earlier_persons_told') }}

),

earlier_persons as (

    select distinct
        person_id,
        earlier_number,
        earlier_person_id
    from records

),

joins as (

    select distinct
        one.person_id,
        joins_dated.joined_at,
        joins_dated.joined_at_precision,
        case when one.earlier_number < other.earlier_number then one.earlier_number else other.earlier_number end
            as first_number,
        case when one.earlier_number < other.earlier_number then other.earlier_number else one.earlier_number end
            as second_number
    from {{ ref('int_person_joins_dated') }} as joins_dated
    inner join records as one
        on joins_dated.record_key = one.record_key
    inner join records as other
        on joins_dated.linked_record_key = other.record_key
    where one.earlier_number <> other.earlier_number

),

joins_numbered as (

    select
        *,
        row_number() over (
            partition by person_id order by joined_at, first_number, second_number, joined_at_precision
        ) as join_number
    from joins

),

joined as (

    select
        person_id,
        earlier_number,
        earlier_person_id,
        cast(0 as bigint) as join_number,
        cast(null as timestamp) as joined_at,
        cast(null as {{ dbt.type_string() }}) as joined_at_precision,
        earlier_number as leader_number,
        earlier_number as previous_leader_number,
        false as takes_part
    from earlier_persons
    union all
    select
        person_id,
        earlier_number,
        earlier_person_id,
        join_number,
        joined_at,
        joined_at_precision,
        case
            when not leader_number in (first_leader_number, second_leader_number) then leader_number
            when first_leader_number < second_leader_number then first_leader_number
            else second_leader_number
        end as leader_number,
        leader_number as previous_leader_number,
        leader_number in (first_leader_number, second_leader_number)
        and first_leader_number <> second_leader_number as takes_part
    from (
        select
            joined.person_id,
            joined.earlier_number,
            joined.earlier_person_id,
            joined.leader_number,
            joins_numbered.join_number,
            joins_numbered.joined_at,
            joins_numbered.joined_at_precision,
            max(case when joined.earlier_number = joins_numbered.first_number then joined.leader_number end)
                over (partition by joined.person_id) as first_leader_number,
            max(case when joined.earlier_number = joins_numbered.second_number then joined.leader_number end)
                over (partition by joined.person_id) as second_leader_number
        from joined
        inner join joins_numbered
            on
                joined.person_id = joins_numbered.person_id
                and joined.join_number + 1 = joins_numbered.join_number
    ) as next_joins

)

select * from joined
