with

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

bridge as (

    select
        person_id,
        source_system,
        {{ id_without_address('record_id') }} as record_id,
        record_type,
        link_method,
        is_survivor
    from records

)

select * from bridge
