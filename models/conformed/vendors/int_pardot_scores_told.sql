{{ config(enabled=is_source_enabled('pardot'), materialized='table') }}

with

prospects as (

    select * from {{ ref('stg_pardot__prospect') }}

)

select
    source_system,
    source_table,
    row_key,
    disposition,
    record_key,
    id as record_id,
    'score' as score_name,
    score as vendor_score,
    grade as vendor_grade,
    updated_at as told_at
from prospects
where
    score is not null
    or grade is not null
