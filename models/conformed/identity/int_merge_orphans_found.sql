-- Records merged into one that nobody delivered: each stays a person of its own.
with

people as (

    select * from {{ ref('int_people_unioned') }}

),

orphans as (

    select merged.record_key
    from people as merged
    left join people as target
        on {{ key_of(['merged.source_system', 'merged.merged_into_id']) }} = target.record_key
    where
        merged.merged_into_id is not null
        and target.record_key is null

)

select * from orphans
