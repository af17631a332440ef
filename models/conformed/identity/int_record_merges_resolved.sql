with

people as (

    select * from {{ ref('int_people_unioned') }}

),

merged_records as (

    select
        record_key,
        {{ key_of(['source_system', 'merged_into_id']) }} as target_record_key
    from people
    where merged_into_id is not null

),

resolved as (  -- where nobody delivered the record merged into, its key is NULL

    select
        merged_records.record_key,
        people.record_key as target_record_key
    from merged_records
    left join people
        on merged_records.target_record_key = people.record_key

)

select * from resolved
