{{ config(materialized='table') }}

with

staged as (

    {{ union_enabled('vendor_scores') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

identified as (

    select
        staged.source_system,
        staged.record_id,
        records.person_id,
        staged.score_name,
        staged.vendor_score,
        staged.vendor_grade,
        staged.told_at
    from staged
    inner join records
        on staged.record_key = records.record_key
    where staged.disposition = 'current'

)

select * from identified
