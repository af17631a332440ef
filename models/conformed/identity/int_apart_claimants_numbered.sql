with

joined_pairs as (

    select * from {{ ref('int_apart_pairs_joined') }}

),

names as (

    select
        record_key,
        override_id,
        1 as name_place
    from joined_pairs

    union all

    select
        other_record_key as record_key,
        override_id,
        2 as name_place
    from joined_pairs

),

names_ranked as (

    select
        record_key,
        override_id,
        name_place,
        row_number() over (partition by record_key order by override_id, name_place) as mention
    from names

),

claimants as (

    select
        record_key,
        row_number() over (order by override_id, name_place, record_key) as claimant
    from names_ranked
    where mention = 1

)

select * from claimants
