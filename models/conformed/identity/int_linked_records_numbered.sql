{{ config(materialized='table') }}

with

links as (

    select * from {{ ref('int_record_links_unioned') }}
    where dropped_reason is null

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

)

select * from numbered
