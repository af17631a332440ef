{{ config(materialized='table') }}

with

survivors as (

    select * from {{ ref('int_person_survivors_chosen') }}

),

link_methods as (

    select * from {{ ref('int_record_link_methods_ranked') }}

),

resolved as (

    select
        survivors.record_key,
        survivors.source_system,
        survivors.record_id,
        survivors.record_type,
        survivors.person_id,
        case
            when survivors.record_key = survivors.person_id then 'own'
            else link_methods.link_method
        end as link_method,
        (survivors.record_key = survivors.person_id) as is_survivor
    from survivors
    left join link_methods
        on survivors.record_key = link_methods.record_key

)

select * from resolved
