{{ config(materialized='table', schema='staging') }}
select * from {{ source('generic', 'people') }}
